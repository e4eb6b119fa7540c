import { useSearchParams } from 'react-router';

/** One choice of a page that lives in the address: grouping, tab, grain. */
export function usePageParam<Value extends string>(name: string, choices: readonly Value[], fallback: Value): [Value, (value: Value) => void] {
  const [params, setParams] = useSearchParams();
  const wanted = params.get(name);
  const value = choices.find((choice) => choice === wanted) ?? fallback;
  const set = (chosen: Value) => {
    const next = new URLSearchParams(params);
    next.set(name, chosen);
    setParams(next);
  };
  return [value, set];
}
