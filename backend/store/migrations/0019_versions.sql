-- What a person sets has a version, as all of their data: 1 at first, raised by every change.
ALTER TABLE setting ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE setting ADD COLUMN changed_at TEXT NOT NULL DEFAULT ''; -- '' = before there were versions
ALTER TABLE setting ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';

-- How the network is reached is one setting, which is changed as a whole.
INSERT INTO setting (key, value)
SELECT 'network', json_object(
    'offline', json(iif(EXISTS (SELECT 1 FROM setting WHERE key = 'network_offline' AND value = 'on'), 'true', 'false')),
    'proxy', coalesce((SELECT value FROM setting WHERE key = 'network_proxy'), ''),
    'caFile', coalesce((SELECT value FROM setting WHERE key = 'network_ca_file'), ''),
    'atOpening', json(iif(EXISTS (SELECT 1 FROM setting WHERE key = 'sync_at_opening' AND value = 'on'), 'true', 'false')))
WHERE EXISTS (SELECT 1 FROM setting WHERE key IN ('network_offline', 'network_proxy', 'network_ca_file', 'sync_at_opening'));
DELETE FROM setting WHERE key IN ('network_offline', 'network_proxy', 'network_ca_file', 'sync_at_opening');

ALTER TABLE rule_pack ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- What was changed about a rule of savings, all of it in one row; content is JSON.
CREATE TABLE rule_setting_new (
    key        TEXT PRIMARY KEY, -- the id of the rule in lower case
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO rule_setting_new
SELECT lower(rule), rule, json_group_array(json_object('parameter', parameter, 'value', value, 'changedAt', changed_at, 'changedBy', changed_by)), 1, max(changed_at), changed_by
FROM (SELECT * FROM rule_setting ORDER BY rule, parameter) GROUP BY rule;
DROP TABLE rule_setting;
ALTER TABLE rule_setting_new RENAME TO rule_setting;
