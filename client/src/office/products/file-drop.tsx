import { IconFileSpreadsheet } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useId, useState } from 'react'
import classes from './import.module.css'

interface FileDropProps {
  readonly onFile: (file: File) => void
  readonly title: string
  /** What kind of file, for those who do not see the title. */
  readonly label: string
  readonly accept: string
  /** What may be dropped, and what it changes. */
  readonly children: ReactNode
}

/** A place to drop a file on; a click or Enter opens the file chooser. */
export function FileDrop({ onFile, title, label, accept, children }: FileDropProps) {
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
      <span className={classes.dropTitle}>{title}</span>
      <span className={classes.quiet}>{children}</span>
      <input
        id={input}
        className={classes.input}
        type="file"
        accept={accept}
        aria-label={label}
        onChange={(event) => take(event.currentTarget.files)}
      />
    </label>
  )
}
