import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import { formatRange } from '../../../lib/days';
import { metricLabels } from '../../../lib/metric';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { Card } from '../../../ui/Card';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { useToast } from '../../../ui/toast';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { canPreview, dimensionOf, type DimensionDraft, missingOf, movedRules, newRule, previewed } from '../model';
import { usePreview, useSaveDimension } from '../queries';
import { LeftOver } from './LeftOver';
import { RuleList } from './RuleList';

type DimensionEditorProps = {
  initial: DimensionDraft;
  /** The stored version; 0 = it is new. */
  version: number;
  onClose: () => void;
  /** Begins anew with what is stored. */
  onReload?: () => void;
};

/** The rules of a dimension with what each of them catches. */
export function DimensionEditor({ initial, version, onClose, onReload = onClose }: DimensionEditorProps) {
  const [draft, setDraft] = useState(initial);
  const [leftBy, setLeftBy] = useState('Account');
  const view = useLedgerView();
  const readOnly = useReadOnly();
  const toast = useToast();
  const save = useSaveDimension();
  const preview = usePreview(previewed(draft), leftBy, canPreview(draft));
  const failure = save.error ? toAppError(save.error) : null;
  const missing = missingOf(draft);
  const change = (part: Partial<DimensionDraft>) => setDraft({ ...draft, ...part });

  const handleSave = (over: number) =>
    save.mutate(
      { dimension: dimensionOf(draft), version: over },
      {
        onSuccess: ({ missing: absent }) => {
          toast({ text: absent.length === 0 ? `Saved the dimension ${draft.name.trim()}.` : `Saved the dimension ${draft.name.trim()}. The imported files have no ${absent.join(', ')}: rules that use it see no value.` });
          onClose();
        },
      },
    );

  return (
    <PageBody>
      <PageHeader title={version === 0 ? 'New dimension' : draft.name} sub={`${metricLabels[view.metric]} cost, ${formatRange(view.from, view.to)}${view.scope === '' ? '' : `, ${view.scope}`}`} />
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr) minmax(0, 1fr)', md: '240px minmax(0, 1fr) 240px' }, gap: 2, maxWidth: 1100 }}>
        <TextField size="small" label="Name" value={draft.name} disabled={version !== 0} autoFocus={version === 0} onChange={(event) => change({ name: event.target.value })} slotProps={{ htmlInput: { maxLength: 100 } }} />
        <TextField size="small" label="Description" value={draft.description} onChange={(event) => change({ description: event.target.value })} slotProps={{ htmlInput: { maxLength: 1000 } }} />
        <TextField size="small" label="Default value" placeholder="no value" value={draft.default} onChange={(event) => change({ default: event.target.value })} slotProps={{ inputLabel: { shrink: true } }} />
      </Box>
      <Card title="Rules" sub="The first rule that matches a charge gives its value">
        <RuleList
          rules={draft.rules}
          preview={preview.data}
          stale={preview.isPlaceholderData}
          currency={view.currency}
          onChange={(rule) => change({ rules: draft.rules.map((one) => (one.id === rule.id ? rule : one)) })}
          onMove={(id, by) => change({ rules: movedRules(draft.rules, id, by) })}
          onRemove={(id) => change({ rules: draft.rules.filter((one) => one.id !== id) })}
        />
        <Button variant="text" startIcon={<AddIcon />} onClick={() => change({ rules: [...draft.rules, newRule()] })} sx={{ alignSelf: 'flex-start', mt: 1 }}>
          Add rule
        </Button>
        {preview.error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1 }}>
            {preview.error.message}
          </Typography>
        )}
      </Card>
      {preview.data && <LeftOver preview={preview.data} value={draft.default.trim()} currency={view.currency} leftBy={leftBy} onLeftBy={setLeftBy} />}
      <Box sx={{ position: 'sticky', bottom: 0, mt: 'auto', mx: { xs: -1.5, md: -3 }, mb: { xs: -1.5, md: -2.5 }, px: { xs: 1.5, md: 3 }, py: 1.5, display: 'flex', alignItems: 'center', gap: 1.5, bgcolor: 'background.paper', borderTop: 1, borderColor: 'divider', zIndex: 4 }}>
        <Typography role="status" sx={{ color: failure && !failure.conflict ? 'error.main' : 'text.secondary', mr: 'auto' }}>
          {failure && !failure.conflict ? failure.message : missing}
        </Typography>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="contained" disabled={readOnly || missing !== ''} loading={save.isPending} onClick={() => handleSave(version)}>
          Save
        </Button>
      </Box>
      {failure?.conflict && (
        <ConflictDialog
          what={`the dimension ${draft.name.trim()}`}
          conflict={failure.conflict}
          pending={save.isPending}
          onClose={save.reset}
          onKeep={failure.conflict.have ? onReload : onClose}
          onReplace={handleSave}
        />
      )}
    </PageBody>
  );
}
