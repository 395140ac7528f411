import type { HeldEntries, HeldEntry } from '@evertill/shared/protocol/office/exceptions'
import { countText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { When } from '../parts/when.tsx'
import { kindText } from '../words/entry-words.ts'
import classes from './exception.module.css'

interface HeldListProps {
  readonly held: HeldEntries
  readonly outletName: string | null
}

/** The first of what is kept, each with what can be made out of it, and with its text behind it. */
export function HeldList({ held, outletName }: HeldListProps) {
  const more = held.all.entries - held.rows.length
  return (
    <ul className={classes.heldList} aria-label="Entries that are kept">
      {held.rows.map((entry) => (
        <li key={entry.quarantineId}>
          <details>
            <summary>
              <span>
                <span className={classes.heldKind}>{kindText(entry.kind)}</span> {entry.receiptNo}
                <span className={classes.heldWhen}>
                  {entry.at === null ? 'received ' : ''}
                  <When at={entry.at ?? entry.receivedAt} outletName={outletName} />
                </span>
              </span>
              {entry.total !== null && <Money amount={entry.total} />}
            </summary>
            <Kept entry={entry} />
          </details>
        </li>
      ))}
      {more > 0 && <li className={classes.heldWhen}>and {countText(more)} more</li>}
    </ul>
  )
}

function Kept({ entry }: { entry: HeldEntry }) {
  return (
    <div className={classes.kept}>
      <p>{entry.reason}</p>
      {entry.fields.length > 0 && (
        <ul>
          {entry.fields.map((field) => (
            <li key={field.path}>
              {field.path === '' ? 'the whole' : field.path}: {field.message}
            </li>
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse */}
      <pre className={classes.code} tabIndex={0}>
        {entry.text}
      </pre>
    </div>
  )
}
