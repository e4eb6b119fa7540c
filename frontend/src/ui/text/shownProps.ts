import { showMarks } from '../../lib/marks';

/** Where an element has text that a person reads or hears. */
const texts = ['children', 'title', 'label', 'primary', 'secondary', 'helperText', 'placeholder', 'alt', 'aria-label', 'aria-description'];

function shown(value: unknown): unknown {
  if (typeof value === 'string') return showMarks(value);
  if (!Array.isArray(value)) return value;
  const parts: unknown[] = value;
  return parts.some((part) => typeof part === 'string' && showMarks(part) !== part) ? parts.map(shown) : value;
}

function areProps(props: unknown): props is Record<string, unknown> {
  return props !== null && typeof props === 'object';
}

/** The props of an element, with marks that turn the direction of text made visible. */
export function shownProps(props: unknown): unknown {
  if (!areProps(props)) return props;
  let changed: Record<string, unknown> | undefined;
  for (const name of texts) {
    const value = props[name];
    if (value === undefined) continue;
    const visible = shown(value);
    if (visible !== value) (changed ??= { ...props })[name] = visible;
  }
  return changed ?? props;
}
