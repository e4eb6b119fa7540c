import Button from '@mui/material/Button';

import { useReadOnly } from '../../../bridge/queries';
import type { AnomalyInfo } from '../../../lib/wire';
import { useSubAccountNames } from '../../../parts/accountNames';
import { useToast } from '../../../ui/toast';
import { describePlace, kindWords } from '../model';
import { useAddMuteRule } from '../queries';

/** How many characters the name of a rule has at most. */
const NAME_MAX = 100;

/** A name that is too long ends with "…". */
function cutName(name: string): string {
  const characters = [...name];
  return characters.length <= NAME_MAX ? name : `${characters.slice(0, NAME_MAX - 1).join('').trimEnd()}…`;
}

/** Mutes what is like an anomaly: the same kind at the same place. */
export function MuteButton({ anomaly }: { anomaly: AnomalyInfo }) {
  const save = useAddMuteRule();
  const toast = useToast();
  const readOnly = useReadOnly();
  const nameOf = useSubAccountNames();
  const { kind, node } = anomaly;
  const name = cutName(`${kindWords[kind].label}: ${describePlace(node, nameOf)}`);
  return (
    <Button
      variant="outlined"
      disabled={readOnly || anomaly.mutedBy !== ''}
      loading={save.isPending}
      title="Saves a rule for this kind of anomaly at this place"
      onClick={() => save.mutate({ name, kind, keys: node, note: '' }, { onSuccess: () => toast({ text: `Saved the mute rule “${name}”.` }) })}
    >
      Mute all like this
    </Button>
  );
}
