import { useBridge } from '../bridge/useBridge';
import { useSaving } from './useSaving';

/** Hands a text to the program, which asks where to save it, and says where it went. */
export function useSaveText() {
  const { app } = useBridge();
  return useSaving(({ name, text }: { name: string; text: string }) => app.SaveText(name, text));
}
