import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { ExportList } from '../../../parts/ExportList';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { matchesRule } from '../model';
import { useRules } from '../queries';
import type { useSavingsState } from '../useSavingsState';
import { Packs } from './Packs';
import { RuleDetail } from './RuleDetail';
import { RuleHead } from './RuleSettings';

function Rules({ onOpen }: { onOpen: (id: string) => void }) {
  const rules = useRules();
  const [typed, setTyped] = useState('');
  return (
    <QueryView query={rules} what="the rules" errorTitle="The rules could not be read" skeleton={<Skeleton variant="rounded" height={420} />}>
      {(list) => {
        const shown = list.filter((rule) => matchesRule(rule, typed));
        return (
          <>
            <Packs />
            <TextField fullWidth size="small" placeholder="Find a rule" value={typed} onChange={(event) => setTyped(event.target.value)} slotProps={{ htmlInput: { 'aria-label': 'Find a rule' } }} />
            {shown.length === 0 ? <EmptyState title="No such rule" text="Type a part of its name, of its number or a provider." /> : (
              <Box component="ul" aria-label="Rules" sx={{ m: 0, mt: 1, p: 0, listStyle: 'none' }}>
                {shown.map((rule) => (
                  <Box component="li" key={rule.id} sx={{ py: 1, borderBottom: 1, borderColor: 'divider', contentVisibility: 'auto', containIntrinsicSize: 'auto 54px' }}>
                    <RuleHead rule={rule} onOpen={() => onOpen(rule.id)} />
                  </Box>
                ))}
              </Box>
            )}
          </>
        );
      }}
    </QueryView>
  );
}

/** The rules that findings come from: each can be switched off, and its numbers changed for this client. */
export function RulesDrawer({ state }: { state: ReturnType<typeof useSavingsState> }) {
  const onClose = () => state.showRules(false);
  return (
    <Drawer anchor="right" open={state.rules} onClose={onClose} slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': 'Rules', sx: { width: 'min(760px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" sx={{ mr: 'auto', fontSize: '0.9375rem' }}>
          Rules
        </Typography>
        <ExportList list="savings rules" variant="text" />
        <IconButton aria-label="Close" onClick={onClose}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 2, flex: 1 }} tabIndex={0} role="group" aria-label="All rules">
        {state.rule === '' ? <Rules onOpen={state.openRule} /> : <RuleDetail key={state.rule} id={state.rule} onBack={() => state.openRule('')} />}
      </Box>
    </Drawer>
  );
}
