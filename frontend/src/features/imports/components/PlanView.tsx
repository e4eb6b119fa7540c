import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { formatCounted } from '../../../lib/money';
import type { ImportPlan } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { answersOf, type Choice, choicesOf, pairOf, questionsOf } from '../model';
import { importedRows, joinConflicts, leaving, previewRows, replacingOf } from '../preview';
import { useImportUnderWay, useOutlook, useStartImport } from '../queries';
import { ConflictQuestions } from './ConflictQuestions';
import { FileList } from './FileList';
import { PlanSummary } from './PlanSummary';
import { ReplacingCard } from './ReplacingCard';
import { SamePanel } from './SamePanel';
import { SkippedFiles } from './SkippedFiles';
import { WaitingImports } from './WaitingImports';

type PlanViewProps = { plan: ImportPlan; paths: string[]; onBack: () => void; onExamine: () => void };

function importLabel(fresh: number, known: boolean, open: number): string {
  if (open > 0) return `${formatCounted(open, 'file')} to decide`;
  if (fresh > 0) return `Import ${formatCounted(fresh, 'file')}`;
  return known ? 'All files already imported' : 'Nothing to import';
}

/** The files of a plan, what an import of them would do, and the way on. */
export function PlanView({ plan, paths, onBack, onExamine }: PlanViewProps) {
  const [strict, setStrict] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const start = useStartImport(paths);
  const readOnly = useReadOnly();
  const underWay = useImportUnderWay();

  // What is asked stays in sight when it is answered; an answer may lead to another question.
  const whole = useOutlook(plan, []);
  const asked = useOutlook(plan, leaving(left));
  const first = questionsOf(asked.data?.conflicts ?? []);
  const outlook = useOutlook(plan, answersOf(leaving(left), first, first.map((one) => chosen[pairOf(one)])));
  const conflicts = joinConflicts(asked.data?.conflicts ?? [], outlook.data?.conflicts ?? []);
  const questions = questionsOf(conflicts);
  const choices = questions.map((one) => chosen[pairOf(one)]);
  const answers = answersOf(leaving(left), questions, choices);

  const leftNow = new Set(answers.filter(({ answer }) => answer === 'leave').map(({ file }) => file));
  const open = questions.filter((_, at) => choices[at] === undefined);
  const rows = previewRows(plan, leftNow, open.flatMap(({ bills }) => bills));
  const fresh = importedRows(rows);
  const replacing = replacingOf(whole.data?.replaced ?? [], outlook.data?.replaced ?? [], questions);
  const same = (outlook.data ?? asked.data)?.sameBill ?? [];
  const handleChoose = (choice: Choice, ...of: typeof questions) => setChosen((before) => ({ ...before, ...Object.fromEntries(of.filter((one) => choicesOf(one).includes(choice)).map((one) => [pairOf(one), choice])) }));
  const handleLeave = (files: string[], gone: boolean) => {
    setLeft((before) => new Set(gone ? [...before, ...files] : [...before].filter((one) => !files.includes(one))));
    // A file that was left out by an answer comes back with its question.
    if (!gone) setChosen((before) => Object.fromEntries(Object.entries(before).filter(([pair]) => !questions.some((one) => pairOf(one) === pair && (files.includes(one.file) || files.includes(one.existingFile))))));
  };
  const handleImport = () => start.mutate({ planId: plan.id, options: { strict, answers, look: true } });

  return (
    <>
      <WaitingImports />
      <PlanSummary plan={plan} rows={rows} outlook={outlook.data ?? asked.data} onExamine={onExamine} />
      {asked.error && <ErrorPanel title="The files could not be compared with the workspace" error={asked.error} onRetry={() => void asked.refetch()} />}
      {questions.length > 0 && (
        <Card title="These files overlap. Which should we use?">
          <ConflictQuestions questions={questions} chosen={choices} onChoose={handleChoose} />
        </Card>
      )}
      {replacing.length > 0 && <ReplacingCard replacing={replacing} left={leftNow} onLeave={handleLeave} />}
      {same.length > 0 && <SamePanel same={same} />}
      <FileList rows={rows} onLeave={(path, gone) => handleLeave([path], gone)} />
      {plan.skipped.length > 0 && <SkippedFiles skipped={plan.skipped} paths={paths} />}
      <Box sx={{ position: 'sticky', bottom: 0, mt: 'auto', mx: -3, mb: -2.5, px: 3, py: 1.5, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, bgcolor: 'background.paper', borderTop: 1, borderColor: 'divider', zIndex: 4 }}>
        {fresh.length > 0 && (
          <FormControlLabel
            control={<Switch size="small" checked={strict} onChange={(event) => setStrict(event.target.checked)} />}
            label={
              <span>
                Stop at the first bad line
                <Box component="span" sx={{ color: 'text.secondary', ml: 1 }}>
                  {strict ? 'A line that cannot be read stops the import, and nothing is imported.' : 'Lines that cannot be read are skipped and listed; all others are imported.'}
                </Box>
              </span>
            }
          />
        )}
        <Box sx={{ ml: 'auto', display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: 1, alignItems: 'center' }}>
          {underWay !== undefined && fresh.length > 0 && (
            <Typography role="status" sx={{ color: 'text.secondary' }}>
              {underWay.state === 'waiting' ? 'Decide about the other import first.' : 'Another import is under way. Wait until it has ended.'}
            </Typography>
          )}
          {start.error && (
            <Typography role="alert" sx={{ color: 'error.main' }}>
              {start.error.message}
            </Typography>
          )}
          <Button variant="outlined" onClick={onBack}>
            Back
          </Button>
          <Button variant="contained" disabled={readOnly || underWay !== undefined || fresh.length === 0 || open.length > 0 || (plan.examined && asked.isPending)} loading={start.isPending} onClick={handleImport}>
            {importLabel(fresh.length, plan.files.some(({ status }) => status === 'known'), open.length)}
          </Button>
        </Box>
      </Box>
    </>
  );
}
