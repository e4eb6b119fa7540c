import type { MigrationProvider } from '../../../lib/wire';
import { Segmented } from '../../../ui/Segmented';
import { providerName } from '../model/result';

type ProviderChoiceProps = { providers: MigrationProvider[]; value: string; onChange: (provider: string) => void };

/** Which provider a card is about. */
export function ProviderChoice({ providers, value, onChange }: ProviderChoiceProps) {
  return <Segmented label="Provider" value={value} choices={providers.map(({ provider }) => ({ value: provider, label: providerName(provider) }))} onChange={onChange} />;
}
