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
import { useId, useState } from 'react';

import { useBillingAccountNames } from '../../../bridge/accountNames';
import { type ImportOutcome } from '../../../bridge/ports';
import { tellProvider } from '../../../lib/bill';
import { formatMonth } from '../../../lib/days';
import { fileName } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { AccountLabel } from '../../../ui/AccountLabel';
import { answersOf, type Choice, choicesOf, type FlowState, type Question, questionsOf, tellReason } from '../model';
import { useStartImport } from '../queries';
import { ChoiceSelect } from './ChoiceSelect';

type ConflictsDialogProps = { jobId: string; conflicts: ImportOutcome['conflicts']; flow: FlowState; onLeave: () => void };

const cell = { maxWidth: 260, whiteSpace: 'normal', overflowWrap: 'anywhere', verticalAlign: 'top' };
const billsShown = 2;

/** Bills are held already, or twice in one import, and it is not plain what shall count: the person says it for each file. */
export function ConflictsDialog({ jobId, conflicts, flow, onLeave }: ConflictsDialogProps) {
  const start = useStartImport(flow, jobId);
  const titleId = useId();
  const questions = questionsOf(conflicts);
  const [chosen, setChosen] = useState<(Choice | undefined)[]>([]);
  const answered = questions.every((_, at) => chosen[at] !== undefined);
  const choose = (at: number, choice: Choice) => setChosen((before) => questions.map((_, one) => (one === at ? choice : before[one])));
  const common = choicesOf({ file: '', existingFile: '', within: false, bills: [] }).filter((choice) => questions.every((question) => choicesOf(question).includes(choice)));
  const handleImport = () => start.mutate({ planId: flow.planId, options: { strict: flow.strict, answers: answersOf(flow.answers, questions, chosen), look: true } });

  return (
    <Dialog open onClose={onLeave} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{questions.length === 1 ? 'What shall count of this file?' : 'What shall count of these files?'}</DialogTitle>
      <DialogContent>
        <Box sx={{ display: 'flex', alignItems: 'end', gap: 2, mb: 1.5 }}>
          <Typography sx={{ color: 'text.secondary', flex: 1 }}>
            Nothing was imported, since {formatCounted(conflicts.length, 'bill is', 'bills are')} there twice. A newer version of a bill replaces what is held. Count both only where the files hold different charges: the same
            bill twice costs twice.
          </Typography>
          {questions.length > 1 && <ChoiceSelect label="For all files" placeholder="For all files…" choices={common} onChoose={(choice) => setChosen(questions.map(() => choice))} />}
        </Box>
        <Box sx={{ maxHeight: 360, overflow: 'auto', border: 1, borderColor: 'divider', borderRadius: '8px' }} tabIndex={0} role="region" aria-label="Files with bills that are there twice">
          <Table size="small" stickyHeader aria-label="Files with bills that are there twice" sx={{ '& thead th': { bgcolor: 'background.paper' }, '& tbody tr:last-of-type td': { borderBottom: 0 } }}>
            <TableHead>
              <TableRow>
                <TableCell>File</TableCell>
                <TableCell>Bill</TableCell>
                <TableCell>Also in</TableCell>
                <TableCell>What shall count</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {questions.map((question, at) => (
                <TableRow key={JSON.stringify([question.file, question.existingFile])}>
                  <TableCell sx={cell} title={question.file}>
                    <bdi>{fileName(question.file)}</bdi>
                  </TableCell>
                  <TableCell sx={cell}>
                    <Bills bills={question.bills} />
                  </TableCell>
                  <TableCell sx={cell} title={question.existingFile}>
                    <bdi>{fileName(question.existingFile) || 'the ledger'}</bdi>
                    {question.within && (
                      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                        of this import
                      </Typography>
                    )}
                  </TableCell>
                  <TableCell sx={{ verticalAlign: 'top' }}>
                    <ChoiceSelect label={`What shall count of ${fileName(question.file)}`} choices={choicesOf(question)} value={chosen[at]} onChoose={(choice) => choose(at, choice)} question={question} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
        {[...new Set(conflicts.map((conflict) => conflict.reason))].map((reason) => (
          <Typography key={reason} variant="body2" sx={{ color: 'text.secondary', mt: 1 }}>
            {tellReason(reason)}
          </Typography>
        ))}
        {start.error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {start.error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onLeave}>
          Leave as it is
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
          <bdi>{tellProvider(provider)}</bdi>, {formatMonth(month)}
          <Box sx={{ color: 'text.secondary' }}>{account === '' ? 'No account named' : <AccountLabel account={account} name={nameOf(account)} />}</Box>
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
