"""Runs the FinOps Foundation's validator over files and prints the rules that they break.

    check.py 1.0|1.2 FILE...

prints for each file and each broken rule: file name, rule, lines, message, parted by tabs. It runs
inside the environment of the validator that covers the version (see requirements-*.txt), without
network: the rules are those of the installed package.
"""

import io
import logging
import os
import sys
import warnings
from contextlib import redirect_stdout

import focus_validator

# Both validators read some of their data relative to the folder of the package.
PACKAGE = os.path.dirname(os.path.abspath(focus_validator.__file__))
MODEL_1_2 = "1.2.0.1"


def check_1_0(path):
    """Version 1 of the validator: a rule is a check of one column."""
    from focus_validator.config_objects.common import ChecklistObjectStatus
    from focus_validator.validator import Validator

    validator = Validator(
        data_filename=path,
        override_filename=None,
        rule_set_path=os.path.join(PACKAGE, "rules", "version_sets"),
        rules_version="1.0",
        output_type="console",
        output_destination=None,
    )
    validator.load()
    result = validator.spec_rules.validate(validator.focus_data)
    cases = {} if result.failure_cases is None else result.failure_cases["Check Name"].value_counts().to_dict()
    for item in result.checklist.values():
        if item.status in (ChecklistObjectStatus.FAILED, ChecklistObjectStatus.ERRORED):
            yield item.check_name, int(cases.get(item.check_name, 0)), str(item.error or item.friendly_name)


def check_1_2(path):
    """Version 2: rules of the Foundation's model. A rule made of others fails with them and is left out."""
    import duckdb
    from focus_validator.validator import Validator

    validator = Validator(
        data_filename=path,
        rule_set_path=os.path.join(PACKAGE, "rules"),
        rules_version=MODEL_1_2,
        output_type="console",
        output_destination=None,
        focus_dataset="CostAndUsage",
        rules_block_remote_download=True,
        applicability_criteria="ALL",  # nothing is left out because a provider might not support it
    )
    validator.load()
    connection = duckdb.connect(":memory:", config={"threads": 1})
    results = validator.spec_rules.validate(validator.focus_data, connection=connection)
    for rule, result in results.by_rule_id.items():
        if result["ok"] or results.rules[rule].function == "Composite":
            continue
        details = result["details"]
        yield rule, details.get("violations") or 0, results.rules[rule].validation_criteria.must_satisfy


def main(version, paths):
    checks = {"1.0": check_1_0, "1.2": check_1_2}
    os.chdir(os.path.dirname(PACKAGE))
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    for path in paths:
        with redirect_stdout(io.StringIO()):
            broken = sorted(checks[version](path))
        for rule, lines, message in broken:
            print(os.path.basename(path), rule, lines, " ".join(message.split()), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1], [os.path.abspath(path) for path in sys.argv[2:]])
