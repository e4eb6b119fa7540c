import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useBlocker } from 'react-router';

import { useReadOnly } from '../../../bridge/queries';
import { formatCounted } from '../../../lib/money';
import type { AssessmentDraft, MigrationForm } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { errorToast, useToast } from '../../../ui/toast';
import { type ProfileValues, rulesOf } from '../model/rules';
import { problemsOf, type Step, steps } from '../model/steps';
import { profileOf, profileResolver, valuesOf } from '../model/values';
import { useAssess, usePrefill, useReview } from '../queries';
import type { MigrationState } from '../useMigrationState';
import { FormContext } from './context';
import { ConfirmDialog } from './ConfirmDialog';
import { OrganizationStep } from './OrganizationStep';
import { RequirementsStep } from './RequirementsStep';
import { needsAcceptance, ReviewStep } from './ReviewStep';
import { SaveState } from './SaveState';
import { StepBar } from './StepBar';
import { useDraftSaving } from './useDraftSaving';
import { WorkloadsStep } from './WorkloadsStep';

type WizardProps = { draft: AssessmentDraft; form: MigrationForm; state: MigrationState; /** Reads the stored draft anew, in place of what is typed. */ onReload: () => void };

/** The form of an assessment, in four steps. It is saved while it is typed; a step with errors can be left for any other, but Next does not go on from it. */
export function Wizard({ draft, form: facts, state, onReload }: WizardProps) {
  const rules = useMemo(() => rulesOf(facts), [facts]);
  const step = state.step ?? 'organization';
  const form = useForm<ProfileValues>({ defaultValues: valuesOf(rules, draft.profile), resolver: profileResolver(rules), mode: 'onTouched' });
  const [shownSteps, setShownSteps] = useState<string[]>([]);
  const [accepted, setAccepted] = useState(false);
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const readOnly = useReadOnly();
  const assess = useAssess();
  const prefill = usePrefill();
  const { saved, unsaved, failure, flush, changed, replace, later } = useDraftSaving({
    name: draft.name,
    version: draft.version,
    wrong: draft.wrong,
    savedAt: Date.parse(draft.changedAt),
    read: () => ({ profile: JSON.stringify(profileOf(rules, form.getValues())), step }),
  });
  const handleChange = useEffectEvent(() => {
    if (!readOnly) changed();
  });
  useEffect(() => form.subscribe({ formState: { values: true }, callback: () => handleChange() }), [form]);
  // The step is kept with the draft, so that it goes on here after the end of the program.
  const kept = useRef(step);
  const handleStep = useEffectEvent(() => {
    if (readOnly) return;
    changed();
    void flush();
  });
  useEffect(() => {
    if (kept.current !== step) handleStep();
    kept.current = step;
  }, [step]);

  // Somebody else deleted the assessment: nothing keeps a person who leaves it deleted.
  const gone = failure?.conflict?.have === null;
  const blocker = useBlocker(({ currentLocation, nextLocation }) => unsaved && !gone && (currentLocation.pathname !== nextLocation.pathname || new URLSearchParams(nextLocation.search).get('assessment') !== draft.name));
  const leave = useEffectEvent(async () => {
    if (blocker.state === 'blocked' && (await flush()) !== null) blocker.proceed();
  });
  useEffect(() => {
    if (blocker.state === 'blocked') void leave();
  }, [blocker.state]);
  const conflict = failure?.conflict ?? null;
  useEffect(() => {
    if (conflict && blocker.state === 'blocked') blocker.reset();
  }, [conflict, blocker]);
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => {
      void flush();
      event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  });

  const wrong = saved.wrong;
  const review = useReview(draft.name, saved.version, step === 'review' && !unsaved && wrong.length === 0);
  const here = problemsOf(step, wrong);
  const showErrors = () => setShownSteps([...shownSteps, step]);
  const goTo = (next: Step) => {
    showErrors();
    state.edit(draft.name, next);
  };
  const pass = async () => {
    const next = steps[steps.indexOf(step) + 1];
    const now = await flush();
    showErrors();
    if (next && now && problemsOf(step, now).length === 0) state.edit(draft.name, next);
  };

  const run = async () => {
    if (await flush()) assess.mutate(draft.name, { onSuccess: () => state.show(draft.name), onError: (error) => toast(errorToast(error)) });
  };
  const fill = async () => {
    setAsking(false);
    if (await flush()) prefill.mutate({ name: draft.name, version: saved.version }, { onSuccess: onReload, onError: (error) => toast(errorToast(error)) });
  };
  const blockedText = wrong.length > 0 ? '' : needsAcceptance(review.data) && !accepted ? 'Accept the defaults first.' : '';
  return (
    <FormContext value={{ rules, form: facts, wrong, showAll: shownSteps.includes(step) }}>
      <FormProvider {...form}>
        <PageBody>
          <PageHeader title={draft.name} sub={<SaveState savedAt={saved.at} unsaved={unsaved} failure={failure && !failure.conflict ? failure.message : ''} />}>
            <Button onClick={state.list}>All assessments</Button>
          </PageHeader>
          <StepBar step={step} wrong={wrong} shownSteps={shownSteps} onStep={(next) => goTo(next)} />
          {shownSteps.includes(step) && here.length > 0 && step !== 'review' && <Alert severity="error">{formatCounted(here.length, 'field')} of this step must be corrected before the next one.</Alert>}
          <Box component="form" noValidate aria-label={`Step ${steps.indexOf(step) + 1} of 4`} onSubmit={(event) => event.preventDefault()} sx={{ display: 'flex', flexDirection: 'column', gap: 2, flex: '1 0 auto', minWidth: 0 }}>
            {step === 'organization' && <OrganizationStep />}
            {step === 'workloads' && <WorkloadsStep origin={draft.origin} prefilling={prefill.isPending} onPrefill={() => (form.getValues('workloads').length > 0 ? setAsking(true) : void fill())} />}
            {step === 'requirements' && <RequirementsStep />}
            {step === 'review' && <ReviewStep name={draft.name} version={saved.version} ready={!unsaved} accepted={accepted} onAccept={setAccepted} onStep={(next) => goTo(next)} />}
          </Box>
          <Box sx={{ position: 'sticky', bottom: 0, mt: 'auto', mx: { xs: -1.5, md: -3 }, mb: { xs: -1.5, md: -2.5 }, px: { xs: 1.5, md: 3 }, py: 1.5, display: 'flex', alignItems: 'center', gap: 1.5, bgcolor: 'background.paper', borderTop: 1, borderColor: 'divider', zIndex: 4 }}>
            <Button variant="outlined" disabled={step === 'organization'} onClick={() => goTo(steps[steps.indexOf(step) - 1] ?? 'organization')}>
              Back
            </Button>
            <Box sx={{ ml: 'auto', color: 'text.secondary' }}>{step === 'review' ? blockedText : ''}</Box>
            {step === 'review' ? (
              <Button variant="contained" disabled={readOnly || wrong.length > 0 || blockedText !== '' || !review.data} loading={assess.isPending} onClick={() => void run()}>
                Assess
              </Button>
            ) : (
              <Button variant="contained" onClick={() => void pass()}>
                Next
              </Button>
            )}
          </Box>
        </PageBody>
        {conflict && <ConflictDialog what={`the assessment ${draft.name}`} conflict={conflict} onClose={later} onKeep={gone ? state.list : onReload} onReplace={(over) => void replace(over)} />}
        {asking && <ConfirmDialog title="Replace the workloads?" text="The workloads that are there go, and those that the bills of the last complete month show take their place." action="Replace" onClose={() => setAsking(false)} onConfirm={() => void fill()} />}
        {blocker.state === 'blocked' && failure !== null && !conflict && (
          <ConfirmDialog title="Leave without saving?" text={`The last changes of ${draft.name} could not be saved: ${failure.message}`} action="Leave" onClose={() => blocker.reset()} onConfirm={() => blocker.proceed()} />
        )}
      </FormProvider>
    </FormContext>
  );
}
