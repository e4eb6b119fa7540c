import type { PopoverActions } from '@mui/material/Popover';
import type { PopperProps } from '@mui/material/Popper';
import { createTheme, darken, lighten } from '@mui/material/styles';

import { darkTokens, lightTokens, type SeriesHue, type Tokens } from './tokens';

/** Colours beyond the usual palette. Used as sx paths: color: 'tone.warm'. */
type Tone = {
  /** Quietest readable ink. */
  ink3: string;
  line2: string;
  selected: string;
  accentBg: string;
  /** Bad for the payer. */
  warm: string;
  warmBg: string;
  /** Good for the payer. */
  cool: string;
  coolBg: string;
  amber: string;
  hatch: string;
};

declare module '@mui/material/styles' {
  interface Palette {
    tone: Tone;
    series: Record<SeriesHue, string>;
  }
  interface PaletteOptions {
    tone: Tone;
    series: Record<SeriesHue, string>;
  }
}

/** A filled button under the pointer moves away from its ink, so that its text stays readable in both themes. */
function paletteOf(tokens: Tokens, hover: (color: string, share: number) => string) {
  const { ink3, line2, selected, accentBg, warm, warmBg, cool, coolBg, amber, hatch, series } = tokens;
  return {
    primary: { main: tokens.accent, dark: hover(tokens.accent, 0.18), contrastText: tokens.accentInk },
    error: { main: tokens.danger, dark: hover(tokens.danger, 0.18) },
    warning: { main: warm, dark: hover(warm, 0.18) },
    success: { main: cool, dark: hover(cool, 0.18) },
    text: { primary: tokens.ink, secondary: tokens.ink2, disabled: ink3 },
    divider: tokens.line,
    background: { default: tokens.background, paper: tokens.surface },
    tone: { ink3, line2, selected, accentBg, warm, warmBg, cool, coolBg, amber, hatch },
    series,
  };
}

/** The ring around what the keyboard stands on. */
const focused = { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 1 };

/** Keeps what is open beside its button while the window or what the window shows changes its size, not only some time after. */
function stayBeside(popover: PopoverActions | null) {
  if (!popover || typeof ResizeObserver === 'undefined') return undefined;
  const move = () => popover.updatePosition();
  // Before the lists of its fields, which find their places at the resize too; and once more when the page has its new layout.
  const observer = new ResizeObserver(move);
  observer.observe(document.documentElement);
  window.addEventListener('resize', move, { capture: true });
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', move, { capture: true });
  };
}

/** How long after a resize the page may still move what is open, in ms. */
const SETTLES = 500;

/** Keeps the list of a field under the field, and within the window, until the page has its layout after a resize. */
const stayUnder: NonNullable<PopperProps['modifiers']>[number] = {
  name: 'stayUnder',
  enabled: true,
  phase: 'write',
  fn: () => undefined,
  effect: ({ instance }) => {
    let [until, frame] = [0, 0];
    const follow = () => {
      void instance.update();
      frame = performance.now() < until ? requestAnimationFrame(follow) : 0;
    };
    const resized = () => {
      until = performance.now() + SETTLES;
      if (frame === 0) frame = requestAnimationFrame(follow);
    };
    window.addEventListener('resize', resized);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('resize', resized);
    };
  },
};

const quiet = '@media (prefers-reduced-motion: reduce)';

/** The look of the program in light and dark. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: { light: { palette: paletteOf(lightTokens, darken) }, dark: { palette: paletteOf(darkTokens, lighten) } },
  shape: { borderRadius: 7 },
  typography: {
    fontFamily: '"Inter Variable", Inter, system-ui, sans-serif',
    fontSize: 13,
    htmlFontSize: 16,
    h1: { fontSize: '1.25rem', fontWeight: 650, letterSpacing: '-0.01em', lineHeight: 1.3 },
    h2: { fontSize: '0.84375rem', fontWeight: 620, lineHeight: 1.4, letterSpacing: 0 },
    h3: { fontSize: '0.75rem', fontWeight: 500, lineHeight: 1.45, letterSpacing: 0 },
    body1: { fontSize: '0.8125rem', lineHeight: 1.45, letterSpacing: 0 },
    body2: { fontSize: '0.75rem', lineHeight: 1.45, letterSpacing: 0 },
    caption: { fontSize: '0.6875rem', lineHeight: 1.4, letterSpacing: 0 },
    button: { fontSize: '0.8125rem', fontWeight: 500, textTransform: 'none', lineHeight: 1.45, letterSpacing: 0 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        html: { height: '100%' },
        body: { height: '100%', overflow: 'hidden' },
        // Figures stand below each other only where they are figures: tabular hyphens tear names and dates apart.
        'svg text, dd': { fontVariantNumeric: 'tabular-nums' },
        '#root': { height: '100%' },
        ':focus-visible': focused,
        [quiet]: { '*, *::before, *::after': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important' } },
      },
    },
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: { root: { fontFamily: 'inherit', fontVariantNumeric: 'inherit', letterSpacing: 'inherit', '&.Mui-focusVisible, &:focus-visible': focused } },
    },
    // Within lists and groups, which cut what stands out of them.
    MuiToggleButton: { styleOverrides: { root: { '&.Mui-focusVisible': { outlineOffset: -2, zIndex: 1 } } } },
    MuiButton: {
      defaultProps: { disableElevation: true, size: 'small' },
      styleOverrides: {
        root: { padding: '5px 11px', minWidth: 0 },
        outlined: { borderColor: 'var(--mui-palette-divider)', color: 'var(--mui-palette-text-primary)', '&:hover': { borderColor: 'var(--mui-palette-text-disabled)' } },
        text: { color: 'var(--mui-palette-text-secondary)', padding: '4px 7px' },
        colorInherit: { color: 'inherit' },
      },
    },
    MuiIconButton: { styleOverrides: { root: { borderRadius: 7, padding: 6 } } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiPopover: {
      defaultProps: { action: stayBeside },
      styleOverrides: {
        paper: { border: '1px solid var(--mui-palette-divider)', borderRadius: 10, boxShadow: '0 10px 34px rgb(0 0 0 / 16%)', marginTop: 4 },
      },
    },
    MuiPopper: { defaultProps: { modifiers: [stayUnder] } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: '0.8125rem', minHeight: 32, padding: '5px 12px', borderRadius: 6, margin: '0 5px', '&.Mui-focusVisible': { outlineOffset: -2 } } } },
    MuiDialog: {
      styleOverrides: { paper: { border: '1px solid var(--mui-palette-divider)', borderRadius: 12, boxShadow: '0 24px 70px rgb(0 0 0 / 28%)' } },
    },
    MuiDialogTitle: { styleOverrides: { root: { overflowWrap: 'anywhere', fontSize: '1rem', fontWeight: 620, padding: '18px 22px 8px' } } },
    MuiDialogContent: { styleOverrides: { root: { padding: '4px 22px 16px' } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '8px 22px 18px' } } },
    MuiTooltip: {
      // A tooltip explains its control and never takes the place of its name.
      defaultProps: { enterDelay: 400, disableInteractive: true, describeChild: true },
      styleOverrides: {
        tooltip: { fontSize: '0.75rem', fontWeight: 450, backgroundColor: 'var(--mui-palette-text-primary)', color: 'var(--mui-palette-background-paper)', padding: '5px 9px' },
      },
    },
    // A label that lies in its field has the padding of the field.
    MuiInputLabel: { styleOverrides: { outlined: { '&:not(.MuiInputLabel-shrink)': { transform: 'translate(10px, 6px)' } } } },
    MuiOutlinedInput: {
      styleOverrides: { root: { fontSize: '0.8125rem', backgroundColor: 'var(--mui-palette-background-paper)' }, multiline: { padding: 0 }, input: { padding: '6px 10px' }, notchedOutline: { borderColor: 'var(--mui-palette-divider)' } },
    },
    // Fields side by side are equally high, whatever lists they open.
    MuiAutocomplete: { styleOverrides: { root: { '& .MuiOutlinedInput-root.MuiOutlinedInput-root.MuiOutlinedInput-root': { paddingTop: 0, paddingBottom: 0, '& .MuiAutocomplete-input.MuiAutocomplete-input': { padding: '6px 4px 6px 10px' } } } } },
    MuiSwitch: {
      styleOverrides: {
        root: { width: 40, height: 24, padding: 4 },
        sizeSmall: { width: 40, height: 24, padding: 4, '& .MuiSwitch-thumb': { width: 12, height: 12 }, '& .MuiSwitch-switchBase': { padding: 6, '&.Mui-checked': { transform: 'translateX(16px)' } } },
        switchBase: { padding: 6, '&.Mui-checked': { transform: 'translateX(16px)' } },
        thumb: { width: 12, height: 12, boxShadow: 'none', backgroundColor: 'var(--mui-palette-background-paper)' },
        track: { borderRadius: 8, '&&&': { opacity: 1 }, backgroundColor: 'var(--mui-palette-text-disabled)' },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { padding: '6.5px 8px', fontSize: '0.8125rem', borderBottomColor: 'var(--mui-palette-tone-line2)', whiteSpace: 'nowrap', letterSpacing: 0 },
        alignRight: { fontVariantNumeric: 'tabular-nums' },
        head: { '&&': { fontVariantNumeric: 'normal' }, fontSize: '0.71875rem', fontWeight: 500, color: 'var(--mui-palette-text-disabled)', borderBottomColor: 'var(--mui-palette-divider)', lineHeight: 1.4 },
      },
    },
    MuiSkeleton: { defaultProps: { animation: 'pulse' }, styleOverrides: { root: { borderRadius: 5 } } },
  },
});
