import { z } from 'zod';

import { isDay } from '../../../lib/days';
import type { MigrationForm, MigrationRule } from '../../../lib/wire';

/** A profile, or what the form holds of one: both have the same names. */
export type ProfileValues = { organization: Record<string, unknown>; workloads: Record<string, unknown>[]; requirements: Record<string, unknown> };

/** The table of rules of the Go side, by path, and the schemas that are made of it. */
export type Rules = {
  at: Map<string, MigrationRule>;
  /** The fields of an object, by their names. */
  members: (path: string) => MigrationRule[];
  profile: z.ZodType;
  organization: z.ZodType;
  workload: z.ZodType;
  requirements: z.ZodType;
};

/** The path of a field in the table: without the numbers of lines. */
export function patternOf(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '[]').replace(/\[\d+\]/g, '[]');
}

/** The path of the Go side as the form writes it: workloads[2].vcpu is workloads.2.vcpu. */
export function dotted(path: string): string {
  return path.replace(/\[(\d+)\]/g, '.$1');
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** What is wrong with a value, and that it is missing where it is. */
function says(text: string) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined || input === null ? 'must have a value' : text) };
}

function between({ min = '0', max = '' }: MigrationRule, unit: string): string {
  return `${min} to ${max} ${unit}`;
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f]/;

function textOf(rule: MigrationRule) {
  return z
    .string(says('must be text'))
    .trim()
    .refine((text) => !control.test(text), { error: 'must not have control characters', abort: true })
    .superRefine((text, context) => {
      const length = [...text].length;
      if (length < Number(rule.min ?? 0) || (rule.max !== undefined && length > Number(rule.max))) context.addIssue({ code: 'custom', message: `must have ${between(rule, 'characters')}, not ${length}` });
    });
}

function oneOf(options: string[]) {
  const all = options.join(', ');
  return z.string(says(`must be text: one of ${all}`)).refine((text) => options.includes(text), { error: ({ input }) => `must be one of ${all}, not ${JSON.stringify(input)}` });
}

function scaleOf(value: number): number {
  const [, digits = '', power = '0'] = /^-?\d*\.?(\d*)(?:e([+-]?\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, digits.length - Number(power));
}

/** What is wrong with a number that is one; "" = nothing. */
function rangeProblem(rule: MigrationRule, value: number): string {
  if (rule.options) return rule.options.some((option) => Number(option) === value) ? '' : `must be one of ${rule.options.join(', ')}, not ${value}`;
  const [min, max, most] = [Number(rule.min), Number(rule.max), Math.max(rule.decimals ?? 0, 2)];
  if (value < min || (value === min && rule.above) || value > max) return rule.above ? `must be above ${rule.min} and at most ${rule.max}, not ${value}` : `must be from ${rule.min} to ${rule.max}, not ${value}`;
  return rule.kind === 'number' && scaleOf(value) > most ? `must have at most ${most} decimals, not ${value}` : '';
}

function numberOf(rule: MigrationRule) {
  return z.number(says(rule.kind === 'whole' ? 'must be a whole number' : 'must be a number')).superRefine((value, context) => {
    const message = rule.kind === 'whole' && !Number.isInteger(value) ? `must be a whole number, not ${value}` : rangeProblem(rule, value);
    if (message !== '') context.addIssue({ code: 'custom', message });
  });
}

/** A list of values, each once. Texts have no bound on how many they are. */
function listOf(rule: MigrationRule, entry: z.ZodType) {
  return z.array(entry, says('must be a list')).superRefine((list, context) => {
    if (rule.kind !== 'texts' && (list.length < Number(rule.min ?? 0) || (rule.max !== undefined && list.length > Number(rule.max))))
      context.addIssue({ code: 'custom', message: `must have ${between(rule, 'entries')}, not ${list.length}` });
    if (rule.kind === 'objects') return;
    list.forEach((value, at) => {
      if (list.indexOf(value) < at) context.addIssue({ code: 'custom', path: [at], message: 'must not be given twice' });
    });
  });
}

/** The rules of the Go side with the schemas that check single fields; rules of several fields are checked by the Go side alone. */
export function rulesOf({ rules, countries }: Pick<MigrationForm, 'rules' | 'countries'>): Rules {
  const at = new Map(rules.map((rule) => [rule.path, rule]));
  const members = (path: string) => rules.filter((rule) => (path === '' ? !rule.path.includes('.') : rule.path.startsWith(`${path}.`) && !rule.path.slice(path.length + 1).includes('.')));
  const nation = z.string(says('must be a country code of ISO 3166 such as DE')).refine((code) => countries.includes(code), 'must be a country code of ISO 3166 such as DE');

  const objectOf = (path: string): z.ZodType => {
    const fields = members(path);
    return z.looseObject(Object.fromEntries(fields.map((rule) => [nameOf(rule.path), fieldOf(rule)])), says('must be an object')).superRefine((object, context) => {
      for (const name of Object.keys(object)) if (!fields.some((rule) => nameOf(rule.path) === name)) context.addIssue({ code: 'custom', path: [name], message: 'is not a field of the profile' });
    });
  };
  const valueOf = (rule: MigrationRule): z.ZodType => {
    switch (rule.kind) {
      case 'text':
        return textOf(rule);
      case 'choice':
        return oneOf(rule.options ?? []);
      case 'whole':
      case 'number':
        return numberOf(rule);
      case 'bool':
        return z.boolean(says('must be true or false'));
      case 'date':
        return z.string(says('must be a day written as YYYY-MM-DD')).refine(isDay, 'must be a day written as YYYY-MM-DD');
      case 'country':
        return nation;
      case 'texts':
        return listOf(rule, textOf({ ...rule, max: '80' }));
      case 'choices':
        return listOf(rule, oneOf(rule.options ?? []));
      case 'countries':
        return listOf(rule, nation);
      case 'objects':
        return listOf(rule, objectOf(`${rule.path}[]`));
      case 'object':
        return objectOf(rule.path);
      case 'levels':
        return z.record(z.string(), oneOf(['must', 'should', 'nice']), says('must be an object of service keys with must, should or nice'));
      case 'geo':
        return z.union([z.string(), z.record(z.string(), z.string())], says('must be a place of the region map or an object of provider and region'));
    }
  };
  const fieldOf = (rule: MigrationRule): z.ZodType => {
    const value = valueOf(rule);
    if (rule.required) return value;
    return rule.empty ? value.nullish() : value.optional();
  };
  return { at, members, profile: objectOf(''), organization: objectOf('organization'), workload: objectOf('workloads[]'), requirements: objectOf('requirements') };
}
