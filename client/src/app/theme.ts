import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

const pandan: MantineColorsTuple = [
  '#e9f7f1',
  '#d3efe3',
  '#a5dfc7',
  '#73d0ac',
  '#3cc493',
  '#55cfa3',
  '#14926a',
  '#0b7a55',
  '#096546',
  '#064a33',
]
const kaya: MantineColorsTuple = [
  '#fdf6e8',
  '#faeacb',
  '#f5d799',
  '#eec26a',
  '#e9b454',
  '#e0a43a',
  '#c98a1b',
  '#855708',
  '#6f4806',
  '#543604',
]
const red: MantineColorsTuple = [
  '#fdeeec',
  '#fadad7',
  '#f5b8b2',
  '#f0958c',
  '#f28b82',
  '#f5a098',
  '#d94a3f',
  '#c8372d',
  '#a62c23',
  '#7a1e17',
]
const blue: MantineColorsTuple = [
  '#ebf3fb',
  '#d3e4f5',
  '#a9cbec',
  '#7fb1e2',
  '#7ab3ea',
  '#93c2ef',
  '#3a7fc4',
  '#2b6cb0',
  '#225790',
  '#173f6a',
]
const gray: MantineColorsTuple = [
  '#fafaf8',
  '#f4f3ef',
  '#edebe6',
  '#e7e5e0',
  '#d6d3cc',
  '#8c887f',
  '#6b6860',
  '#524f49',
  '#34322e',
  '#1c1b19',
]
const dark: MantineColorsTuple = [
  '#f2f0eb',
  '#d6d3cc',
  '#a8a49b',
  '#8a867d',
  '#34322e',
  '#2a2825',
  '#1e1d1b',
  '#141412',
  '#0e0e0c',
  '#0a0a09',
]

const fontFamily =
  "'Inter Variable', system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans Tamil', 'Nirmala UI', sans-serif"

// A dialog's <header> would be a second page banner to a screen reader.
const notABanner = { header: { role: 'presentation' } }
const dialogTitle = { title: { fontSize: '1.25rem', fontWeight: 650, lineHeight: 1.35 } }

// Mantine decides white or black on a colour by its light shade alone; in the dark the fills are bright.
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const color = input.color ?? input.theme.primaryColor
  const isOwnFill = input.variant === 'filled' && color in input.theme.colors && color !== 'dark'
  return isOwnFill ? { ...colors, color: 'var(--ev-on-filled)' } : colors
}

/** The design tokens. Colours mean something: pandan paid or safe, kaya waiting, red needs a person, blue news. */
export const theme = createTheme({
  primaryColor: 'pandan',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  variantColorResolver,
  black: '#1c1b19',
  white: '#ffffff',
  colors: { pandan, kaya, red, blue, gray, dark, green: pandan, teal: pandan, yellow: kaya, orange: kaya },
  fontFamily,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.45', lg: '1.35', xl: '1.25' },
  headings: {
    fontFamily,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.45' },
    },
  },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem', xxl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '10px', xl: '16px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'none',
    sm: '0 6px 24px rgb(28 27 25 / 12%)',
    md: '0 6px 24px rgb(28 27 25 / 12%)',
    lg: '0 6px 24px rgb(28 27 25 / 12%)',
    xl: '0 6px 24px rgb(28 27 25 / 12%)',
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120, transition: 'fade' },
        centered: true,
        attributes: notABanner,
      },
      styles: dialogTitle,
    },
    Drawer: {
      defaultProps: { transitionProps: { duration: 150 }, attributes: notABanner },
      styles: dialogTitle,
    },
    // Its focus placeholder is a child that a menu may not have.
    Menu: {
      defaultProps: { transitionProps: { duration: 100 }, shadow: 'md', withInitialFocusPlaceholder: false },
    },
    Tooltip: { defaultProps: { transitionProps: { duration: 100 }, openDelay: 400 } },
  },
})

/** Meanings, not paint: screens use these `--ev-…` names and never a colour of their own. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--ev-text-due': '2.75rem',
    '--ev-text-change': '4rem',
    '--ev-touch': '3rem',
  },
  light: {
    '--mantine-color-body': '#fafaf8',
    '--mantine-color-default-border': '#d6d3cc',
    '--mantine-color-placeholder': '#6b6860',
    '--mantine-color-error': '#c8372d',
    '--mantine-color-disabled-color': '#6b6860',
    '--ev-on-filled': '#ffffff',
    '--mantine-primary-color-contrast': '#ffffff',
    '--ev-card': '#ffffff',
    '--ev-line': '#e7e5e0',
    '--ev-quiet': '#6b6860',
    '--ev-hover': '#f4f3ef',
    '--ev-safe': '#096546',
    '--ev-safe-soft': '#e1f3eb',
    '--ev-wait': '#6f4806',
    '--ev-wait-soft': '#fbeed3',
    '--ev-bad': '#a62c23',
    '--ev-bad-soft': '#fce6e3',
    '--ev-info': '#225790',
    '--ev-info-soft': '#e3eefa',
  },
  dark: {
    '--mantine-color-body': '#141412',
    '--mantine-color-default-border': '#45423d',
    '--mantine-color-placeholder': '#a8a49b',
    '--mantine-color-error': '#f28b82',
    '--mantine-color-disabled': '#2a2825',
    '--mantine-color-disabled-color': '#a8a49b',
    '--ev-on-filled': '#141412',
    '--mantine-primary-color-contrast': '#141412',
    '--ev-card': '#1e1d1b',
    '--ev-line': '#34322e',
    '--ev-quiet': '#a8a49b',
    '--ev-hover': '#2a2825',
    '--ev-safe': '#6fdcb3',
    '--ev-safe-soft': '#12302a',
    '--ev-wait': '#f0c374',
    '--ev-wait-soft': '#362a12',
    '--ev-bad': '#f5a098',
    '--ev-bad-soft': '#3d1c19',
    '--ev-info': '#9ac6f1',
    '--ev-info-soft': '#172a3f',
  },
})
