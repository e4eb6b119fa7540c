import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { zodResolver } from '../../../parts/zodResolver';
import { Card } from '../../../ui/Card';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { useToast } from '../../../ui/toast';
import { budgetSchema, type BudgetValues, draftOf } from '../form';
import { useSaveBudget } from '../queries';
import { AmountsField } from './AmountsField';
import { BasicsFields } from './BasicsFields';
import { FormText } from './FormText';
import { ScopeField } from './ScopeField';
import { ThresholdsField } from './ThresholdsField';

type BudgetFormProps = {
  initial: BudgetValues;
  /** The version that is changed; 0 = it is new. */
  version: number;
  scopes: string[];
  /** The budgets that this one can be a part of. */
  parents: string[];
  /** Leaves the form, for the budget of the name or for the list. */
  onClose: (name?: string, replace?: boolean) => void;
};

/** The form of a budget. It is saved only if nobody changed the budget meanwhile; else both values are shown. */
export function BudgetForm({ initial, version, scopes, parents, onClose }: BudgetFormProps) {
  const form = useForm<BudgetValues>({ defaultValues: initial, resolver: zodResolver(budgetSchema) });
  const [wanted, setWanted] = useState<BudgetValues | null>(null);
  const readOnly = useReadOnly();
  const toast = useToast();
  const save = useSaveBudget();
  const failure = save.error ? toAppError(save.error) : null;
  const { errors, isSubmitted } = form.formState;

  const store = (values: BudgetValues, over: number) => {
    setWanted(values);
    save.mutate(
      { draft: draftOf(values, over === 0 ? '' : initial.name), version: over },
      {
        onSuccess: () => {
          toast({ text: `Saved the budget ${values.name}.` });
          onClose(values.name, true);
        },
      },
    );
  };
  const wrong = isSubmitted && Object.keys(errors).length > 0 ? 'Some fields are not complete.' : '';
  return (
    <FormProvider {...form}>
      <Box component="form" noValidate aria-label="Budget" onSubmit={(event) => void form.handleSubmit((values) => store(values, version))(event)} sx={{ display: 'flex', flexDirection: 'column', flex: '1 0 auto' }}>
        <PageBody>
          <PageHeader title={version === 0 ? 'New budget' : `Edit ${initial.name}`} sub={version === 0 ? undefined : 'The current version stays in the history'} />
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
            <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
              <Card title="Budget">
                <BasicsFields known={version !== 0} parents={parents} />
              </Card>
              <Card title="Charges">
                <ScopeField scopes={scopes} />
              </Card>
              <Card title="Alerts" sub="each is raised once in a period">
                <ThresholdsField />
              </Card>
            </Box>
            <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
              <Card title="Amounts">
                <AmountsField />
              </Card>
              <Card title="Reason" sub="kept with this version">
                <Box sx={{ pt: 1 }}>
                  <FormText name="reason" label="Reason" helper={version === 0 ? 'Such as who approved it' : 'Why it changes'} />
                </Box>
              </Card>
            </Box>
          </Box>
          <Box sx={{ position: 'sticky', bottom: 0, mt: 'auto', mx: { xs: -1.5, md: -3 }, mb: { xs: -1.5, md: -2.5 }, px: { xs: 1.5, md: 3 }, py: 1.5, display: 'flex', alignItems: 'center', gap: 1.5, bgcolor: 'background.paper', borderTop: 1, borderColor: 'divider', zIndex: 4 }}>
            <Typography role="status" sx={{ color: 'error.main', mr: 'auto' }}>
              {failure && !failure.conflict ? failure.message : wrong}
            </Typography>
            <Button variant="outlined" onClick={() => onClose(version === 0 ? '' : initial.name)}>
              Cancel
            </Button>
            <Button type="submit" variant="contained" disabled={readOnly} loading={save.isPending}>
              Save
            </Button>
          </Box>
        </PageBody>
      </Box>
      {failure?.conflict && wanted && (
        <ConflictDialog
          what={`the budget ${wanted.name}`}
          conflict={failure.conflict}
          pending={save.isPending}
          onClose={save.reset}
          onKeep={() => onClose(failure.conflict?.have ? initial.name || wanted.name : '', true)}
          onReplace={(over) => store(wanted, over)}
        />
      )}
    </FormProvider>
  );
}
