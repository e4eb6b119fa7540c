import { formatRatio } from '../../../lib/percent';

type ShareProps = {
  /** A decimal number; "" where there is none. */
  share: string;
  /** Why nothing has a share; "" where only this one has none. */
  reason: string;
};

/** A share of the cost, or a dash that says on hover why there is none. */
export function Share({ share, reason }: ShareProps) {
  const text = formatRatio(share);
  return text === null ? <span title={reason === '' ? 'The amount is unknown' : reason}>–</span> : text;
}
