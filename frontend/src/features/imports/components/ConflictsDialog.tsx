import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Fragment, useId, useState } from 'react';

import type { ImportOutcome } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { describeProvider } from '../../../lib/bill';
import { formatMonth } from '../../../lib/days';
import { fileName } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { AccountLabel } from '../../../ui/AccountLabel';
import { answersOf, type Choice, choicesOf, type FlowState, type Question, questionsOf, describeReason } from '../model';
import { useStartImport } from '../queries';
import { ChoiceSelect } from './ChoiceSelect';

type ConflictsDialogProps = { jobId: string; conflicts: ImportOutcome['conflicts']; flow: FlowState; onLeave: () => void };

const cell = { maxWidth: 260, whiteSpace: 'normal', overflowWrap: 'anywhere', verticalAlign: 'top' };
const billsShown = 2;

/** Files overlap with the workspace or with each other, and it is not plain which to use: the person says it for each file. */
export function ConflictsDialog({ jobId, conflicts, flow, onLeave }: ConflictsDialogProps) {
  const start = useStartImport(flow, jobId);
  const titleId = useId();
  const questions = questionsOf(conflicts);
  const [chosen, setChosen] = useState<(Choice | undefined)[]>([]);
  const answered = questions.every((_, at) => chosen[at] !== undefined);
  const choose = (at: number, choice: Choice) => setChosen((before) => questions.map((_, one) => (one === at ? choice : before[one])));
  const common = [...new Set(questions.flatMap(choicesOf))].filter((choice) => choice !== 'leaveOther' && questions.every((question) => question.answers.includes(choice)));
  const adding = questions.some((question) => question.answers.includes('add'));
  const handleImport = () => start.mutate({ planId: flow.planId, options: { strict: flow.strict, answers: answersOf(flow.answers, questions, chosen), look: true } });

  return (
    <Dialog open onClose={onLeave} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>These files overlap. Which should we use?</DialogTitle>
      <DialogContent>
        <Box sx={{ display: 'flex', alignItems: 'end', gap: 2, mb: 1.5 }}>
          <Typography sx={{ color: 'text.secondary', flex: 1 }}>
            Nothing is imported yet. Choose what to use for each file.{adding && ' Use both only if the files list different charges; otherwise their cost is doubled.'}
          </Typography>
          {questions.length > 1 && <ChoiceSelect label="For all files" placeholder="For all files…" choices={common} onChoose={(choice) => setChosen(questions.map(() => choice))} />}
        </Box>
        <Box sx={{ maxHeight: 420, overflow: 'auto', border: 1, borderColor: 'divider', borderRadius: '8px' }} tabIndex={0} role="region" aria-label="Files that overlap">
          <Table size="small" stickyHeader aria-label="Files that overlap" sx={{ '& thead th': { bgcolor: 'background.paper' }, '& tbody tr:last-of-type td': { borderBottom: 0 } }}>
            <TableHead>
              <TableRow>
                <TableCell>File</TableCell>
                <TableCell>Overlaps with</TableCell>
                <TableCell>Bill</TableCell>
                <TableCell>Use</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {questions.map((question, at) => (
                <Fragment key={JSON.stringify([question.file, question.existingFile])}>
                  <TableRow sx={{ '& > td': { borderBottom: 0 } }}>
                    <TableCell sx={cell} title={question.file}>
                      <bdi>{fileName(question.file)}</bdi>
                    </TableCell>
                    <TableCell sx={cell} title={question.existingFile}>
                      <bdi>{fileName(question.existingFile) || 'the workspace'}</bdi>
                      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                        {question.within ? 'in this import' : 'imported before'}
                      </Typography>
                    </TableCell>
                    <TableCell sx={cell}>
                      <Bills bills={question.bills} />
                    </TableCell>
                    <TableCell sx={{ verticalAlign: 'top' }}>
                      <ChoiceSelect label={`What to use for ${fileName(question.file)}`} choices={choicesOf(question)} value={chosen[at]} onChoose={(choice) => choose(at, choice)} question={question} />
                    </TableCell>
                  </TableRow>
                  <TableRow>
                    <TableCell colSpan={4} sx={{ pt: 0, whiteSpace: 'normal', color: 'text.secondary' }}>
                      {[...new Set(question.bills.map(({ reason }) => describeReason(reason)))].join(' ')}
                    </TableCell>
                  </TableRow>
                </Fragment>
              ))}
            </TableBody>
          </Table>
        </Box>
        {start.error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {start.error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onLeave}>
          Cancel, import nothing
        </Button>
        <Button variant="contained" disabled={!answered || flow.planId === ''} loading={start.isPending} onClick={handleImport}>
          Import
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The bills of a question: the first ones whole, the others counted. */
function Bills({ bills }: { bills: Question['bills'] }) {
  const nameOf = useBillingAccountNames();
  return (
    <>
      {bills.slice(0, billsShown).map(({ provider, account, month }) => (
        <Box key={`${provider} ${account} ${month}`} sx={{ '& + &': { mt: 0.75 } }}>
          <bdi>{describeProvider(provider)}</bdi>, {formatMonth(month)}
          <Box sx={{ color: 'text.secondary' }}>{account === '' ? 'No account' : <AccountLabel account={account} name={nameOf(account)} />}</Box>
        </Box>
      ))}
      {bills.length > billsShown && (
        <Box sx={{ color: 'text.secondary', mt: 0.75 }} title={bills.map(({ provider, account, month }) => `${provider} ${account} ${formatMonth(month)}`).join('\n')}>
          and {formatCounted(bills.length - billsShown, 'more bill')}
        </Box>
      )}
    </>
  );
}
