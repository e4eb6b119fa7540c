import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import type { DimensionPreview } from '../../../lib/wire';
import { type RuleDraft } from '../model';
import { RuleRow } from './RuleRow';

type RuleListProps = {
  rules: RuleDraft[];
  preview: DimensionPreview | undefined;
  /** The preview is of the rules before the last change. */
  stale: boolean;
  currency: string;
  onChange: (rule: RuleDraft) => void;
  onMove: (id: string, by: number) => void;
  onRemove: (id: string) => void;
};

/** The rules in the order in which they are asked. */
export function RuleList({ rules, preview, stale, currency, onChange, onMove, onRemove }: RuleListProps) {
  if (rules.length === 0) return <Typography sx={{ color: 'text.secondary', py: 2 }}>No rules: every charge has the default value.</Typography>;
  return (
    <Box component="ol" aria-label="Rules" sx={{ listStyle: 'none', m: 0, p: 0, mt: 1 }}>
      {rules.map((rule, index) => (
        <RuleRow
          key={rule.id}
          rule={rule}
          number={index + 1}
          last={index === rules.length - 1}
          // While another order is asked for, the figures beside a rule would be those of another.
          caught={stale ? undefined : preview?.rules[index]}
          currency={currency}
          onChange={onChange}
          onMove={(by) => onMove(rule.id, by)}
          onRemove={() => onRemove(rule.id)}
        />
      ))}
    </Box>
  );
}
