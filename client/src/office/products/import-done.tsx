import type { ImportReport } from '@evertill/shared/protocol/office/product-import'
import { Button, Group } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { ButtonLink } from '../parts/links.tsx'
import { countOf } from '../words/count-words.ts'
import classes from './import.module.css'
import { ImportProblems } from './import-problems.tsx'
import { resultWords } from './import-words.ts'

export function ImportDone({ report, onMore }: { report: ImportReport; onMore: () => void }) {
  return (
    <section className={classes.card} aria-label="Result">
      <p className={classes.done} role="status">
        <IconCheck size={20} aria-hidden /> {resultWords(report)}
      </p>
      <p className={classes.quiet}>
        {countOf(report.total, 'row was', 'rows were')} read. Tills have the new catalogue within a minute of
        being online.
      </p>
      <Group>
        <ButtonLink to="/products">See products</ButtonLink>
        <Button variant="default" onClick={onMore}>
          Import another file
        </Button>
      </Group>
      <ImportProblems problems={report.problems} />
    </section>
  )
}
