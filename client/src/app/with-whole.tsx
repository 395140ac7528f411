import { Fragment } from 'react'
import classes from './with-whole.module.css'

export interface WithWholeProps {
  readonly text: string
  /** What of the text stays on one line, such as a receipt's number, which has hyphens to break at. */
  readonly whole: string
}

export function WithWhole({ text, whole }: WithWholeProps) {
  if (whole === '') return text
  return text.split(whole).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
    <Fragment key={i}>
      {i > 0 && <span className={classes.whole}>{whole}</span>}
      {part}
    </Fragment>
  ))
}
