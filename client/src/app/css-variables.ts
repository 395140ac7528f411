import type {} from 'react'

declare module 'react' {
  // A style may carry custom properties: `style={{ '--hue': 120 }}`.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined
  }
}
