import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { describeNamedAccount } from '../../../lib/accountNames';
import { formatRange } from '../../../lib/days';
import { formatCounted, formatMoney, fullMoney } from '../../../lib/money';
import type { EvidenceInfo, FindingInfo } from '../../../lib/wire';
import { useSubAccountNames } from '../../../parts/accountNames';
import { DocumentsSection } from '../documents/DocumentsSection';
import { CopyText } from './CopyText';
import { CourseSection } from './CourseSection';
import { Decided } from './Decided';
import { Pill } from '../../../ui/Pill';
import { QueryView } from '../../../ui/QueryView';
import { useLedgerView, writeFilter } from '../../../ui/view/ledgerView';
import { describePlace, describePrice, describePriceSource, describeStage, describeState, describeStep, isMoney } from '../model';
import { useEvidence } from '../queries';

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title} sx={{ mt: 2.5 }}>
      <Typography variant="h3" sx={{ fontSize: '0.8125rem', fontWeight: 600, mb: 0.5 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Steps({ evidence, currency }: { evidence: EvidenceInfo; currency: string }) {
  return (
    <Box component="table" sx={{ borderCollapse: 'collapse', width: '100%', '& td': { py: 0.5, borderBottom: 1, borderColor: 'divider' }, '& td:last-of-type': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}>
      <tbody>
        {evidence.steps.map(({ label, amount }) => (
          <tr key={label}>
            <td>{describeStep(label)}</td>
            <td title={isMoney(label) ? fullMoney(amount, currency) : amount}>{isMoney(label) ? `${formatMoney(amount, currency)} ${currency}` : amount}</td>
          </tr>
        ))}
      </tbody>
    </Box>
  );
}

/** Why a finding is one, its calculation, its charge lines, and how it is put right. */
export function FindingDetail({ finding, onDecide, onRule }: { finding: FindingInfo; onDecide: () => void; onRule: () => void }) {
  const evidence = useEvidence(finding.id);
  const nameOf = useSubAccountNames();
  const { facts } = useLedgerView();
  const state = describeState(finding);
  const search = new URLSearchParams({ from: facts.firstDay, to: facts.lastDay, currency: finding.currency });
  writeFilter(search, finding.where);
  const facets = [describePlace(finding), describeNamedAccount(finding.subAccount, nameOf(finding.subAccount)), finding.service].filter(Boolean);
  return (
    <>
      <Typography sx={{ fontSize: '1.375rem', fontWeight: 620, fontVariantNumeric: 'tabular-nums' }}>
        {finding.monthlyNet === null ? 'Amount unknown' : `${formatMoney(finding.monthlyNet, finding.currency)} ${finding.currency} a month`} <Pill tone={state.tone}>{state.text}</Pill>
      </Typography>
      <Typography sx={{ color: 'text.secondary' }}>{state.why}.</Typography>
      {finding.resourceId !== '' && <Typography sx={{ mt: 1, overflowWrap: 'anywhere' }}>{finding.resourceId}</Typography>}
      <Typography sx={{ color: 'text.secondary' }}>{facets.join(' · ')}</Typography>
      <Typography sx={{ color: 'text.secondary' }}>
        Confidence {finding.confidence} · effort {finding.effort} · {formatCounted(finding.lines, 'charge line')}, {formatRange(finding.firstDay, finding.lastDay)}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
        <Button variant="contained" onClick={onDecide}>
          Decide
        </Button>
        <Button component={Link} to={{ pathname: '/charges', search: `?${search.toString()}` }} variant="outlined">
          Show {formatCounted(finding.lines, 'charge line')}
        </Button>
      </Box>
      {finding.progress && (
        <Section title="Decision">
          <Decided progress={finding.progress} />
        </Section>
      )}
      <DocumentsSection finding={finding} />
      <Section title="Effective cost by day">
        <CourseSection finding={finding} />
      </Section>
      <QueryView query={evidence} what="the evidence" errorTitle="The finding could not be proven" skeleton={<Skeleton variant="rounded" height={260} sx={{ mt: 2 }} />}>
        {(proof) => (
          <>
            <Section title="What was found">
              <Typography>{proof.detects}</Typography>
            </Section>
            <Section title={`Calculation, ${formatRange(finding.firstDay, finding.lastDay)}`}>
              <Typography sx={{ color: 'text.secondary', mb: 0.5 }}>{proof.formula}</Typography>
              <Steps evidence={proof} currency={finding.currency} />
            </Section>
            {finding.prices.length > 0 && (
              <Section title="Prices">
                {finding.prices.map((price) => (
                  <Typography key={`${price.of} ${price.unit} ${price.source}`} sx={{ overflowWrap: 'anywhere' }}>
                    {describePrice(price)}
                    <Box component="span" sx={{ color: 'text.secondary' }}>
                      {' · '}
                      {describePriceSource(price)}
                    </Box>
                  </Typography>
                ))}
              </Section>
            )}
            <Section title="Evidence">
              <Typography>{proof.restsOn}</Typography>
            </Section>
            <Section title="When it does not apply">
              <Typography>{proof.refutedBy}</Typography>
            </Section>
            <Section title={`What to do: ${describeStage(finding.stage).toLowerCase()}`}>
              <Typography>{proof.console}</Typography>
              <CopyText label="Command" text={proof.cli} />
              <CopyText label="Terraform" text={proof.terraform} />
              <Typography sx={{ mt: 1, color: 'text.secondary' }}>
                Effort {finding.effort}. {proof.reversibility}
              </Typography>
            </Section>
            <Section title={`Check ${finding.rule}, version ${finding.ruleVersion}`}>
              <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{proof.sources.join(' · ')}</Typography>
              <Button size="small" variant="text" onClick={onRule} sx={{ mt: 0.5, ml: -0.75 }}>
                Open the check
              </Button>
            </Section>
          </>
        )}
      </QueryView>
    </>
  );
}
