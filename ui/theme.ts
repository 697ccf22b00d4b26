// Colours live in tokens.css; Mantine only learns which variable means what, so light and dark need no second list.
import {
  type ActionIconFactory,
  type AnchorFactory,
  type BadgeFactory,
  type ButtonFactory,
  type CheckboxFactory,
  type CSSVariablesResolver,
  colorsTuple,
  createTheme,
  type DrawerFactory,
  type ExtendComponent,
  type FactoryPayload,
  type InputFactory,
  type InputWrapperFactory,
  type MenuFactory,
  type ModalFactory,
  type PopoverFactory,
  type SegmentedControlFactory,
  type SkeletonFactory,
  type SwitchFactory,
  type TooltipFactory,
} from '@mantine/core'
import fields from './fields.module.css'
import layers from './layers.module.css'
import parts from './parts.module.css'

const meanings = [
  'accent',
  'success',
  'warning',
  'danger',
  'info',
  'customer',
  'colleague',
  'partner',
  'known',
  'new',
  'note',
  'ink',
] as const

// Said without the component itself, so that a page loads only those it shows.
const looks = <F extends FactoryPayload>(it: ExtendComponent<F>) => it

const calm = { transition: 'fade', duration: 200 } as const

export const theme = createTheme({
  primaryColor: 'accent',
  colors: Object.fromEntries(meanings.map((name) => [name, colorsTuple(`var(--${name})`)])),
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-sans)', fontWeight: '600', textWrap: 'balance' },
  fontSizes: { xs: '.75rem', sm: '.8125rem', md: '.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '.5rem', sm: '.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '999px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  focusClassName: 'focus-ring',
  components: {
    Button: looks<ButtonFactory>({
      defaultProps: { variant: 'default', size: 'sm' },
      classNames: { root: parts.button! },
      vars: (_, props) => ({
        root: { '--button-height': props.size === 'compact-sm' || props.size === 'xs' ? 'var(--control-sm)' : 'var(--control)' },
      }),
    }),
    ActionIcon: looks<ActionIconFactory>({
      defaultProps: { variant: 'subtle', color: 'ink' },
      vars: (_, props) => ({ root: { '--ai-size': props.size === 'sm' ? 'var(--control-sm)' : 'var(--control)' } }),
    }),
    Anchor: looks<AnchorFactory>({ defaultProps: { underline: 'hover' } }),
    Badge: looks<BadgeFactory>({ defaultProps: { variant: 'light', radius: 'xs', tt: 'none' }, classNames: { root: parts.badge! } }),
    Input: looks<InputFactory>({ classNames: { input: fields.input! } }),
    InputWrapper: looks<InputWrapperFactory>({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      classNames: { root: fields.wrapper!, label: fields.label!, description: fields.description!, error: fields.error! },
    }),
    Menu: looks<MenuFactory>({
      // Without an empty mark before the items; the item that gets the focus is marked `data-autofocus`.
      defaultProps: { transitionProps: calm, position: 'bottom-end', withInitialFocusPlaceholder: false },
      classNames: { dropdown: layers.menu!, item: layers.item!, label: layers.label! },
    }),
    Popover: looks<PopoverFactory>({ defaultProps: { transitionProps: calm }, classNames: { dropdown: layers.menu! } }),
    Modal: looks<ModalFactory>({
      defaultProps: { radius: 'lg', centered: true, transitionProps: calm, overlayProps: { blur: 0, backgroundOpacity: 0.35 } },
      classNames: { content: layers.dialog!, title: layers.title!, header: layers.header! },
    }),
    Drawer: looks<DrawerFactory>({
      defaultProps: { position: 'right', overlayProps: { blur: 0, backgroundOpacity: 0.35 } },
      classNames: { content: layers.dialog!, title: layers.title!, header: layers.header! },
    }),
    SegmentedControl: looks<SegmentedControlFactory>({
      classNames: { root: parts.segments!, indicator: parts.segment!, label: parts.segmentLabel! },
    }),
    Skeleton: looks<SkeletonFactory>({ defaultProps: { radius: 'xs' }, classNames: { root: parts.skeleton! } }),
    Switch: looks<SwitchFactory>({ classNames: { track: fields.track! } }),
    Checkbox: looks<CheckboxFactory>({ classNames: { input: fields.check! } }),
    Tooltip: looks<TooltipFactory>({
      defaultProps: { openDelay: 400, transitionProps: { transition: 'fade', duration: 120 } },
      classNames: { tooltip: layers.tooltip! },
    }),
  },
})

export const cssVariablesResolver: CSSVariablesResolver = () => {
  const variables: Record<string, string> = {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-success': 'var(--success)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-color-disabled-border': 'transparent',
    '--mantine-primary-color-contrast': 'var(--ink-inverse)',
    '--mantine-color-white': 'var(--ink-inverse)',
  }
  for (const name of meanings) {
    variables[`--mantine-color-${name}-filled`] = `var(--${name})`
    variables[`--mantine-color-${name}-filled-hover`] = `color-mix(in srgb, var(--${name}) 88%, var(--ink))`
    variables[`--mantine-color-${name}-light`] = `var(--${name}-soft)`
    variables[`--mantine-color-${name}-light-hover`] = 'var(--hover)'
    variables[`--mantine-color-${name}-light-color`] = `var(--${name})`
    variables[`--mantine-color-${name}-text`] = `var(--${name})`
  }
  variables['--mantine-color-accent-filled-hover'] = 'var(--accent-hover)'
  variables['--mantine-color-ink-light'] = 'var(--sunken)'
  variables['--mantine-color-ink-light-color'] = 'var(--ink-2)'
  return { variables: {}, light: variables, dark: variables }
}
