import { Button } from '@mantine/core'
import { isOutdated } from '../api/office-error.ts'
import { ProblemNote } from './problem-note.tsx'

interface SaveProblemProps {
  readonly error: unknown
  /** Fills the form anew; what was typed into it is given up. */
  readonly onShowSaved: () => Promise<unknown>
}

/** Why a form was not saved; where somebody else was faster, with the way to what they saved. */
export const SaveProblem = ({ error, onShowSaved }: SaveProblemProps) => (
  <ProblemNote error={error}>
    {isOutdated(error) && (
      <Button variant="default" size="xs" mt="sm" onClick={() => void onShowSaved()}>
        Show what is saved now
      </Button>
    )}
  </ProblemNote>
)
