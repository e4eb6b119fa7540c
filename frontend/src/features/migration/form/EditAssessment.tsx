import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';

import { PageBody } from '../../../ui/PageBody';
import { bothOf, QueryView } from '../../../ui/QueryView';
import { useMigrationForm, useStoredDraft } from '../queries';
import type { MigrationState } from '../useMigrationState';
import { Wizard } from './Wizard';

/** The form of the open assessment, with what is stored of it. */
export function EditAssessment({ state }: { state: MigrationState }) {
  const form = useMigrationForm();
  const draft = useStoredDraft(state.opened);
  const [read, setRead] = useState(0);
  const reload = async () => {
    await draft.refetch();
    setRead(read + 1);
  };
  const both = bothOf(draft, form);
  if (draft.error && !draft.data)
    return (
      <PageBody>
        <QueryView query={both} skeleton={null} errorTitle="The assessment could not be read">
          {() => null}
        </QueryView>
        <Button sx={{ alignSelf: 'flex-start' }} onClick={state.list}>
          All assessments
        </Button>
      </PageBody>
    );
  return (
    <QueryView query={both} what="the assessment" errorTitle="The assessment could not be read" skeleton={<PageBody><Skeleton variant="rounded" height={420} /></PageBody>}>
      {([stored, facts]) => <Wizard key={read} draft={stored} form={facts} state={state} onReload={() => void reload()} />}
    </QueryView>
  );
}
