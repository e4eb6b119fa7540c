import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { FormProvider, useForm } from 'react-hook-form';

import { toAppError } from '../../../bridge/errors';
import type { AlertRuleInfo } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { zodResolver } from '../../../parts/zodResolver';
import { useToast } from '../../../ui/toast';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { useSaveRule } from '../queries';
import { newRule, ruleDraft, ruleSchema, type RuleValues, ruleValues } from '../rules';
import { RuleFields } from './RuleFields';

/** Adds an alert rule, or changes one if nobody changed it meanwhile; else both values are shown. */
export function RuleDialog({ rule, scopes, onClose }: { rule: AlertRuleInfo | null; scopes: string[]; onClose: () => void }) {
  const titleId = useId();
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
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <FormProvider {...form}>
        <form noValidate aria-labelledby={titleId} onSubmit={(event) => void form.handleSubmit((values) => store(values, rule?.version ?? 0))(event)}>
          <DialogTitle id={titleId}>{rule ? `Edit ${rule.name}` : 'Add rule'}</DialogTitle>
          <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, '& > :first-of-type': { mt: 1 } }}>
            <RuleFields fixed={rule !== null} scopes={scopes} />
            {failure && (
              <Typography role="alert" sx={{ color: 'error.main' }}>
                {failure.message}
              </Typography>
            )}
          </DialogContent>
          <DialogActions>
            <Button variant="outlined" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="contained" loading={save.isPending}>
              {rule ? 'Save' : 'Add rule'}
            </Button>
          </DialogActions>
        </form>
      </FormProvider>
    </Dialog>
  );
}
