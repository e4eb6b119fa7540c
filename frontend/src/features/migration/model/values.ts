import { type FieldErrors, type Resolver, set } from 'react-hook-form';
import type { z } from 'zod';

import { plainNumber } from '../../../lib/typed';
import type { MigrationRule } from '../../../lib/wire';
import { nameOf, type ProfileValues, type Rules } from './rules';

type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

const numeric = /^-?\d+(\.\d+)?$/;

/** A value of the profile as its field shows it: numbers are text, so that a person can type them. */
function shownValue(rules: Rules, rule: MigrationRule, value: unknown): unknown {
  if (rule.kind === 'objects') return !Array.isArray(value) ? value : listOf(value).map((one) => (isFields(one) ? shownFields(rules, `${rule.path}[]`, one) : one));
  if (rule.kind === 'object') return isFields(value) ? shownFields(rules, rule.path, value) : value;
  if ((rule.kind === 'number' || rule.kind === 'whole') && typeof value === 'number') return String(value);
  return value;
}

function shownFields(rules: Rules, path: string, fields: Fields): Fields {
  const shown = { ...fields };
  for (const rule of rules.members(path)) {
    const name = nameOf(rule.path);
    if (shown[name] !== undefined && shown[name] !== null) shown[name] = shownValue(rules, rule, shown[name]);
  }
  return shown;
}

/** A value as the profile keeps it; undefined = the profile says nothing. What is no number stays text, which the rules then refuse. */
function keptValue(rules: Rules, rule: MigrationRule, value: unknown): unknown {
  switch (rule.kind) {
    case 'objects':
      return Array.isArray(value) ? listOf(value).map((one) => (isFields(one) ? keptFields(rules, `${rule.path}[]`, one) : one)) : value;
    case 'object':
      return isFields(value) ? keptFields(rules, rule.path, value) : value;
    case 'number':
    case 'whole': {
      if (typeof value !== 'string') return value;
      const text = plainNumber(value);
      return text === '' ? undefined : numeric.test(text) ? Number(text) : text;
    }
    case 'levels':
      return isFields(value) && Object.keys(value).length === 0 ? undefined : value;
    case 'text':
    case 'choice':
    case 'date':
    case 'country':
    case 'geo':
      return value === '' ? undefined : value;
    case 'bool':
    case 'texts':
    case 'choices':
    case 'countries':
      return value;
  }
}

function keptFields(rules: Rules, path: string, fields: Fields): Fields {
  const kept: Fields = {};
  const known = new Map(rules.members(path).map((rule) => [nameOf(rule.path), rule]));
  for (const [name, value] of Object.entries(fields)) {
    const rule = known.get(name);
    const one = rule ? keptValue(rules, rule, value) : value;
    if (one !== undefined) kept[name] = one;
  }
  return kept;
}

/** A line as the form holds it. */
export function shownLine(rules: Rules, line: Fields): Fields {
  return shownFields(rules, 'workloads[]', line);
}

/** What the form holds of a profile. What is none is left out: the Go side says that it is wrong. */
export function valuesOf(rules: Rules, text: string): ProfileValues {
  const read: unknown = JSON.parse(text);
  const profile = isFields(read) ? read : {};
  const section = (name: string) => (isFields(profile[name]) ? shownFields(rules, name, profile[name]) : {});
  return {
    organization: section('organization'),
    workloads: listOf(profile['workloads'])
      .filter(isFields)
      .map((line) => shownLine(rules, line)),
    requirements: section('requirements'),
  };
}

/** The profile of what the form holds. */
export function profileOf(rules: Rules, values: ProfileValues): ProfileValues {
  return {
    organization: keptFields(rules, 'organization', values.organization),
    workloads: values.workloads.map((line) => keptFields(rules, 'workloads[]', line)),
    requirements: keptFields(rules, 'requirements', values.requirements),
  };
}

/** Checks the fields that were touched, each part of the form by its schema. A field shows the first thing that is wrong with it. */
export function profileResolver(rules: Rules): Resolver<ProfileValues> {
  return (values, _context, { names }) => {
    const errors: FieldErrors<ProfileValues> = {};
    const said = new Set<string>();
    const check = (schema: z.ZodType, prefix: string, part: unknown) => {
      for (const { path, code, message } of schema.safeParse(part).error?.issues ?? []) {
        const field = [prefix, ...path].join('.');
        if (!said.has(field)) set(errors, field, { type: code, message });
        said.add(field);
      }
    };
    const parts = new Set((names ?? []).map((name) => /^workloads\.\d+|^\w+/.exec(name)?.[0] ?? ''));
    for (const part of parts) {
      const line = /^workloads\.(\d+)$/.exec(part);
      if (part === 'organization') check(rules.organization, part, keptFields(rules, part, values.organization));
      else if (part === 'requirements') check(rules.requirements, part, keptFields(rules, part, values.requirements));
      else if (line) check(rules.workload, part, keptFields(rules, 'workloads[]', values.workloads[Number(line[1])] ?? {}));
    }
    return said.size > 0 ? { values: {}, errors } : { values, errors: {} };
  };
}
