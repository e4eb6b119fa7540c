import { useForm } from 'react-hook-form';

import { toAppError } from '../../../bridge/errors';
import type { AlertRuleInfo } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { zodResolver } from '../../../parts/zodResolver';
import { useToast } from '../../../ui/toast';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { useSaveRule } from '../queries';
import { newRule, ruleDraft, ruleSchema, type RuleValues, ruleValues } from '../rules';
import { FormDialog } from './FormDialog';
import { RuleFields } from './RuleFields';

/** Adds an alert rule, or changes one if nobody changed it meanwhile; else both values are shown. */
export function RuleDialog({ rule, scopes, onClose }: { rule: AlertRuleInfo | null; scopes: string[]; onClose: () => void }) {
  const view = useLedgerView();
  const usual = view.currency || 'USD';
  const form = useForm<RuleValues>({ defaultValues: rule ? ruleValues(rule, usual) : newRule(usual), resolver: zodResolver(ruleSchema) });
  const toast = useToast();
  const save = useSaveRule();
  const failure = save.error ? toAppError(save.error) : null;
  const store = (values: RuleValues, version: number) =>
    save.mutate(
      { draft: ruleDraft(values), version },
      {
        onSuccess: () => {
          toast({ text: `Saved the rule ${values.name}.` });
          onClose();
        },
      },
    );
  if (failure?.conflict) {
    return <ConflictDialog what={`the rule ${form.getValues('name')}`} conflict={failure.conflict} pending={save.isPending} onClose={save.reset} onKeep={onClose} onReplace={(version) => store(form.getValues(), version)} />;
  }
  return (
    <FormDialog title={rule ? `Edit ${rule.name}` : 'Add rule'} form={form} action={rule ? 'Save' : 'Add rule'} pending={save.isPending} failure={failure?.message} onClose={onClose} onStore={(values) => store(values, rule?.version ?? 0)}>
      <RuleFields fixed={rule !== null} scopes={scopes} />
    </FormDialog>
  );
}
