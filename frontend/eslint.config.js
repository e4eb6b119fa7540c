import { existsSync, readdirSync } from 'node:fs';

import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// The rooms of the front end, lowest first: lib < ui, bridge < parts < features < app. An import may only point downwards.
const layering = [
  {
    target: './src/lib',
    from: ['./src/ui', './src/bridge', './src/parts', './src/features', './src/app'],
    message: 'lib is the ground floor: pure TypeScript that knows no React, no bridge and no page.',
  },
  {
    target: './src/ui',
    from: ['./src/bridge', './src/parts', './src/features', './src/app'],
    message: 'ui shows what it is given: it asks the Go side nothing and knows no page.',
  },
  {
    target: './src/bridge',
    from: ['./src/ui', './src/parts', './src/features', './src/app'],
    message: 'bridge talks to the Go side and draws nothing.',
  },
  {
    target: './src/parts',
    from: ['./src/features', './src/app'],
    message: 'parts are used by pages, they know none.',
  },
  {
    target: './src/features',
    from: './src/app',
    message: 'features are mounted by app, they do not know it.',
  },
];

const features = existsSync('src/features')
  ? readdirSync('src/features', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : [];

const featureWalls = features.map(({ name }) => ({
  target: `./src/features/${name}`,
  from: './src/features',
  except: [`./${name}`],
  message: 'A feature imports no other feature: move what both need down to parts, ui, bridge or lib.',
}));

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/external-module-folders': ['node_modules'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: ['tsconfig.app.json', 'tsconfig.node.json'], noWarnOnMultipleProjects: true })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: [...layering, ...featureWalls] }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'react-hooks/exhaustive-deps': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // A type assertion is a promise the compiler cannot check; the bridge and the tests, where untyped data arrives, may make one.
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/bridge/**', 'src/test/**', 'src/**/*.test.{ts,tsx}'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    },
  },
  {
    // Money, per cent and dates are formatted in one place.
    files: ['src/{ui,parts,features,app}/**/*.{ts,tsx}'],
    ignores: ['src/**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[object.name='Intl']", message: 'Formatting belongs to src/lib.' },
        { selector: "CallExpression[callee.property.name='toFixed']", message: 'Formatting belongs to src/lib.' },
        { selector: "CallExpression[callee.property.name='toLocaleString']", message: 'Formatting belongs to src/lib.' },
      ],
    },
  },
  {
    files: ['src/lib/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['react', 'react-*', '@mui/*', '@tanstack/*'], message: 'lib is pure TypeScript.' }] }],
    },
  },
  {
    files: ['src/{parts,features,app}/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['recharts'], message: 'Charts come from src/ui/charts; a feature hands it series.' }] }],
    },
  },
  {
    // The tools ask for a default export in their own configuration files.
    files: ['*.config.{js,ts}'],
    languageOptions: { globals: globals.node },
    rules: { 'import-x/no-default-export': 'off' },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
