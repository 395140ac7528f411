import { Drawer } from '@mantine/core'
import { useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGE_NAMES, LANGUAGES, localeOf } from '../../app/locale.ts'
import { playSound } from '../../devices/sound.ts'
import { StaffContext } from '../till-context.tsx'
import { Choice } from './choice.tsx'
import { usePreferenceStore, usePreferences } from './preferences.tsx'
import classes from './settings.module.css'

/** What is chosen shows at once and is kept at once: there is nothing to save. */
export function SettingsSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const staff = useContext(StaffContext)
  const store = usePreferenceStore()
  const chosen = usePreferences(store, staff?.staffId)
  // It opens after it was there closed: only then does it give the focus back to where it was.
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(opened), [opened])
  const change = (choice: Parameters<typeof store.change>[1]) => store.change(staff?.staffId, choice)
  return (
    <Drawer
      opened={open}
      onClose={onClose}
      position="right"
      title={staff === undefined ? t('Settings of this till') : t('My settings')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <div className={classes.settings}>
        <p className={classes.quiet}>
          {staff === undefined
            ? t('For everyone who has chosen nothing else.')
            : t('For {{name}} on this till. Nobody else’s change.', { name: staff.name })}
        </p>
        <Choice
          legend={t('Language')}
          value={chosen.language}
          options={LANGUAGES.map((value) => ({
            value,
            label: LANGUAGE_NAMES[value],
            lang: localeOf(value),
          }))}
          onChoose={(language) => change({ language })}
        />
        <Choice
          legend={t('Theme')}
          value={chosen.theme}
          options={[
            { value: 'auto', label: t('As the device') },
            { value: 'light', label: t('Light theme') },
            { value: 'dark', label: t('Dark theme') },
          ]}
          onChoose={(theme) => change({ theme })}
        />
        <Choice
          legend={t('Text size')}
          value={chosen.textSize}
          options={[
            { value: 'normal', label: t('Normal') },
            { value: 'large', label: t('Large') },
            { value: 'largest', label: t('Largest') },
          ]}
          onChoose={(textSize) => change({ textSize })}
        />
        <Choice
          legend={t('Cart')}
          value={chosen.hand}
          options={[
            { value: 'right', label: t('On the right') },
            { value: 'left', label: t('On the left') },
          ]}
          onChoose={(hand) => change({ hand })}
        />
        <Choice
          legend={t('Sounds')}
          value={chosen.sounds ? 'on' : 'off'}
          options={[
            { value: 'on', label: t('On') },
            { value: 'off', label: t('Off') },
          ]}
          onChoose={(sounds) => {
            change({ sounds: sounds === 'on' })
            // It is heard what was chosen.
            if (sounds === 'on') setTimeout(() => playSound('scanned'), 50)
          }}
        />
      </div>
    </Drawer>
  )
}
