import type { ImportReport } from '@evertill/shared/protocol/office/product-import'
import { Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import { download } from '../parts/download.ts'
import marks from '../parts/marks.module.css'
import { countOf } from '../words/count-words.ts'
import { csvText } from '../words/csv.ts'
import classes from './import.module.css'

type Problems = ImportReport['problems']
const SHOWN = 200

/** Every row that is left out, where it stands in the file and why. */
export function ImportProblems({ problems }: { problems: Problems }) {
  if (problems.length === 0) return null
  const save = () =>
    download(
      'rows-left-out.csv',
      csvText(
        ['line', 'column', 'value', 'reason'],
        problems.map(({ line, column, value, reason }) => [line, column, value, reason]),
      ),
    )
  return (
    <section aria-label="Rows left out">
      <Group justify="space-between">
        <h2 className={classes.heading}>
          <span className={marks.wait}>
            <IconAlertTriangle size={18} aria-hidden /> {countOf(problems.length, 'problem')}
          </span>
        </h2>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
          Download the list
        </Button>
      </Group>
      <p className={classes.quiet}>
        These rows are left out. Mend them in the file and import it again: what is already in stays as it is.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Problems by line">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" data-align="end">
                Line
              </th>
              <th scope="col">Column</th>
              <th scope="col">Value</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {problems.slice(0, SHOWN).map((problem) => (
              <tr key={`${problem.line} ${problem.column} ${problem.reason}`}>
                <td data-align="end">{problem.line}</td>
                <td>{problem.column ?? 'Whole row'}</td>
                <td className={classes.value}>{problem.value === '' ? '(empty)' : problem.value}</td>
                <td>{problem.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {problems.length > SHOWN && (
        <p className={classes.quiet}>The first {SHOWN} are shown; the download has all of them.</p>
      )}
    </section>
  )
}
