import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';

import { Segmented } from '../../../ui/Segmented';
import { optionLabel } from '../model/labels';
import { isFields } from '../model/values';
import { useFormFacts } from './context';
import { useField } from './useField';

const providers = ['aws', 'azure', 'gcp'];

/** Where the estate goes: a place, of which each provider takes its nearest region, or a region of each provider. */
export function GeoField() {
  const { form } = useFormFacts();
  const { label, helper, value, onChange, onBlur, problem } = useField('requirements.target_geo');
  const byRegion = isFields(value);
  const geo = form.geos.find((one) => one.id === value) ?? null;
  return (
    <Box role="group" aria-label={label} sx={{ gridColumn: '1 / -1', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Segmented
        label="Destination by"
        value={byRegion ? 'region' : 'place'}
        choices={[
          { value: 'place', label: 'Place' },
          { value: 'region', label: 'Region of each provider' },
        ]}
        onChange={(by) => onChange(by === 'region' ? {} : undefined)}
      />
      {byRegion ? (
        <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))' }}>
          {providers.map((provider) => {
            const regions = form.regions.filter((one) => one.provider === provider);
            return (
              <Autocomplete
                key={provider}
                size="small"
                options={regions}
                getOptionLabel={(one) => `${one.name} · ${one.location}`}
                value={regions.find((one) => one.name === value[provider]) ?? null}
                onBlur={onBlur}
                onChange={(_event, region) => onChange(Object.fromEntries([...Object.entries(value).filter(([one]) => one !== provider), ...(region ? [[provider, region.name]] : [])]))}
                renderInput={(params) => <TextField {...params} label={`Region of ${optionLabel('', provider)}`} error={problem !== undefined} helperText={problem} />}
              />
            );
          })}
        </Box>
      ) : (
        <Autocomplete
          size="small"
          options={form.geos}
          getOptionLabel={(one) => `${one.name} (${one.country})`}
          value={geo}
          onBlur={onBlur}
          onChange={(_event, next) => onChange(next?.id)}
          renderInput={(params) => <TextField {...params} label={label} error={problem !== undefined} helperText={problem ?? helper} />}
        />
      )}
    </Box>
  );
}
