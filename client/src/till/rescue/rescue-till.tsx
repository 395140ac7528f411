import { Button, Progress } from '@mantine/core'
import { IconDownload, IconShare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { bytesText, countText } from '../../app/format.ts'
import type { RescuableTill } from '../../store/rescue.ts'
import classes from './rescue.module.css'
import { type RescueState, useRescue } from './use-rescue.ts'

/** Saves one till's journal to a file: what was not sent, or everything that is kept. */
export function RescueTill({ rescuable, prominent }: { rescuable: RescuableTill; prominent?: boolean }) {
  const { t } = useTranslation()
  const { till, unsent, kept } = rescuable
  const { state, start, share, download } = useRescue(till)
  const busy = state.code === 'making'
  return (
    <div className={classes.till}>
      {state.code === 'ready' ? (
        <>
          <Button
            h={48}
            leftSection={<IconShare aria-hidden size={20} />}
            onClick={() => void share(state.file)}
          >
            {t('Share the file')}
          </Button>
          <Button h={48} variant="default" onClick={() => void download(state.file)}>
            {t('Download it instead')}
          </Button>
        </>
      ) : (
        <>
          <Button
            h={48}
            variant={prominent ? 'filled' : 'default'}
            leftSection={<IconDownload aria-hidden size={20} />}
            disabled={busy || unsent === 0}
            onClick={() => void start('unsent')}
          >
            {unsent === 0
              ? t('Nothing unsent to save')
              : t('Save {{count}} unsent to a file', { count: unsent })}
          </Button>
          <Button h={48} variant="subtle" disabled={busy || kept === 0} onClick={() => void start('all')}>
            {t('Save everything kept ({{kept}})', { kept: countText(kept) })}
          </Button>
        </>
      )}
      <Outcome state={state} />
    </div>
  )
}

function Outcome({ state }: { state: RescueState }) {
  const { t } = useTranslation()
  return (
    <div className={classes.outcome} role="status">
      {state.code === 'making' && (
        <Progress
          value={state.total === 0 ? 0 : (100 * state.done) / state.total}
          aria-label={t('Writing the file')}
        />
      )}
      {state.code === 'ready' && t('The file is ready.')}
      {state.code === 'saved' && (
        <>
          {state.how === 'shared'
            ? t('The file was handed on: {{count}} entries, {{size}}.', facts(state.file))
            : t('Saved as {{name}} in the downloads: {{count}} entries, {{size}}. Check that it is there.', {
                ...facts(state.file),
                name: state.file.name,
              })}{' '}
          {!state.file.signed &&
            t('This browser could not sign it: head office has to check it before it counts.')}
        </>
      )}
      {state.code === 'failed' &&
        t('The file could not be written: {{message}} Nothing was changed. Try again.', state)}
    </div>
  )
}

const facts = ({ count, blob }: { count: number; blob: Blob }) => ({ count, size: bytesText(blob.size) })
