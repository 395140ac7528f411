import { IconArrowLeft } from '@tabler/icons-react'
import { TextLink } from './links.tsx'
import classes from './page.module.css'

/** The way back to the list a page belongs to. */
export function BackLink({
  to,
  children,
}: {
  to: '/sales' | '/shifts' | '/products' | '/promotions' | '/tills'
  children: string
}) {
  return (
    <TextLink to={to} className={classes.back ?? ''}>
      <IconArrowLeft size={16} aria-hidden /> {children}
    </TextLink>
  )
}
