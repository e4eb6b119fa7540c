import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { formatInstant } from '../../../lib/days';
import type { MuteRuleInfo } from '../../../lib/wire';
import { useSubAccountNames } from '../../../parts/accountNames';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { ExportList } from '../../../parts/ExportList';
import { EmptyState } from '../../../ui/EmptyState';
import { Loading } from '../../../ui/Loading';
import { QueryView } from '../../../ui/QueryView';
import { describePlace } from '../model';
import { useDeleteMuteRule, useMuteRules } from '../queries';
import { MuteRuleForm } from './MuteRuleForm';

/** The rules that mute anomalies, to change and to delete them. */
export function MuteRulesDialog({ onClose }: { onClose: () => void }) {
  const titleId = useId();
  const rules = useMuteRules();
  const remove = useDeleteMuteRule();
  const readOnly = useReadOnly();
  const nameOf = useSubAccountNames();
  const [edited, setEdited] = useState<MuteRuleInfo | null>(null);
  // A rule that somebody else deletes keeps its form with what was typed, which says so when it is saved.
  const listed = (list: MuteRuleInfo[]) => (edited === null || list.some(({ rule }) => rule.name === edited.rule.name) ? list : [...list, edited]);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Mute rules</DialogTitle>
      <DialogContent>
        <QueryView
          query={rules}
          what="the rules"
          skeleton={<Loading what="the rules">{null}</Loading>}
          isEmpty={(list) => listed(list).length === 0}
          empty={<EmptyState title="No mute rules" text="Open an anomaly and choose “Mute all like this”: anomalies of that kind at that place are then listed as muted." />}
        >
          {(list) => (
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {listed(list).map((info) => {
                const { rule, version, changedAt, changedBy } = info;
                return (
                  <Box component="li" key={rule.name} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', py: 1.25, borderTop: 1, borderColor: 'tone.line2', '&:first-of-type': { borderTop: 0 } }}>
                    {edited?.rule.name === rule.name ? (
                      <MuteRuleForm info={edited} onClose={() => setEdited(null)} />
                    ) : (
                      <>
                        <Box sx={{ flex: 1, minWidth: 0 }}>
                          <Typography sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>{rule.name}</Typography>
                          <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                            {[rule.kind, describePlace(rule.keys, nameOf)].filter(Boolean).join(' at ')}
                          </Typography>
                          {rule.note !== '' && (
                            <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                              {rule.note}
                            </Typography>
                          )}
                          <Typography variant="caption" sx={{ color: 'text.secondary' }}>
                            Version {version}, {formatInstant(changedAt)}
                            {changedBy !== '' && ` by ${changedBy}`}
                          </Typography>
                        </Box>
                        <Button aria-label={`Edit ${rule.name}`} disabled={readOnly} onClick={() => setEdited(info)}>
                          Edit
                        </Button>
                        <Button aria-label={`Delete ${rule.name}`} disabled={readOnly} loading={remove.isPending && remove.variables.name === rule.name} onClick={() => remove.mutate({ name: rule.name, version })}>
                          Delete
                        </Button>
                      </>
                    )}
                  </Box>
                );
              })}
            </Box>
          )}
        </QueryView>
        <ChangeConflict what={`the mute rule ${remove.variables?.name ?? ''}`} change={remove} />
      </DialogContent>
      <DialogActions>
        {(rules.data?.length ?? 0) > 0 && <ExportList list="mute rules" variant="text" />}
        <Button variant={edited === null ? 'contained' : 'outlined'} onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
