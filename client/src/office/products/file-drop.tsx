import { IconFileSpreadsheet } from '@tabler/icons-react'
import { type DragEvent, useId, useState } from 'react'
import classes from './import.module.css'

/** A place to drop a file on; a click or Enter opens the file chooser. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const input = useId()
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file !== undefined) onFile(file)
  }
  const hover = (event: DragEvent, hovering: boolean) => {
    event.preventDefault()
    setOver(hovering)
  }
  return (
    <label
      htmlFor={input}
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => hover(event, true)}
      onDragLeave={(event) => hover(event, false)}
      onDrop={(event) => {
        hover(event, false)
        take(event.dataTransfer.files)
      }}
    >
      <IconFileSpreadsheet size={40} stroke={1.25} aria-hidden />
      <span className={classes.dropTitle}>Drop a CSV file here, or choose one</span>
      <span className={classes.quiet}>
        Our own columns, or the product export of Shopify or WooCommerce as it comes. Nothing is changed
        before you have seen what is in it.
      </span>
      <input
        id={input}
        className={classes.input}
        type="file"
        accept=".csv,text/csv,text/plain"
        aria-label="CSV file"
        onChange={(event) => take(event.currentTarget.files)}
      />
    </label>
  )
}
