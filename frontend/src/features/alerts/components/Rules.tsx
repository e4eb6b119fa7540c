import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';

import { useReadOnly, useScopes } from '../../../bridge/queries';
import type { AlertRuleInfo } from '../../../lib/wire';
import { ExportList } from '../../../parts/ExportList';
import { EmptyState } from '../../../ui/EmptyState';
import { bothOf, QueryView } from '../../../ui/QueryView';
import { useAlertRules } from '../queries';
import { RuleDialog } from './RuleDialog';
import { RuleRow } from './RuleRow';

/** What raises alerts beside the thresholds of budgets. */
export function Rules() {
  const both = bothOf(useAlertRules(), useScopes());
  const readOnly = useReadOnly();
  const [opened, setOpened] = useState<AlertRuleInfo | 'new' | null>(null);
  const add = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={readOnly} onClick={() => setOpened('new')} sx={{ alignSelf: 'flex-start' }}>
      Add rule
    </Button>
  );
  return (
    <>
      <QueryView
        query={both}
        what="the alert rules"
        errorTitle="The alert rules could not be read"
        skeleton={<Skeleton variant="rounded" height={220} />}
        isEmpty={([rules]) => rules.length === 0}
        empty={<EmptyState title="No rules" text="Budgets raise alerts by their own thresholds. Add a rule for anomalies, data that comes late, commitments that expire, or savings that are lost again." action={add} />}
      >
        {([rules]) => (
          <>
            <Box sx={{ display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', gap: 1 }}>
              {add}
              <ExportList list="alert rules" />
            </Box>
            <Box component="ul" aria-label="Alert rules" sx={{ listStyle: 'none', m: 0, p: 0, bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px' }}>
              {rules.map((rule) => (
                <RuleRow key={rule.name} rule={rule} readOnly={readOnly} onEdit={() => setOpened(rule)} />
              ))}
            </Box>
          </>
        )}
      </QueryView>
      {opened !== null && <RuleDialog rule={opened === 'new' ? null : opened} scopes={(both.data?.[1] ?? []).filter(({ problem }) => problem === '').map(({ name }) => name)} onClose={() => setOpened(null)} />}
    </>
  );
}
