/** The weights of the score, in percent. */
export type Weights = { cost: number; services: number; compliance: number; performance: number };

/** What the sliders say. */
export type Assumed = Weights & { egress: number; labour: number; discount: number; capital: number };

const names = ['cost', 'services', 'compliance', 'performance'] as const;

/** Gives one part of the score another weight; the others keep their proportions, and all sum to 100. */
export function rebalanced(weights: Weights, part: keyof Weights, value: number): Weights {
  const others = names.filter((name) => name !== part);
  const before = others.reduce((sum, name) => sum + weights[name], 0);
  const rest = 100 - value;
  const next: Weights = { ...weights, [part]: value };
  let left = rest;
  others.forEach((name, at) => {
    const share = at === others.length - 1 ? left : Math.min(left, Math.round(before === 0 ? rest / others.length : (rest * weights[name]) / before));
    next[name] = share;
    left -= share;
  });
  return next;
}
