import { useTranslation } from 'react-i18next'
import { LANGUAGE_NAMES, LANGUAGES, type Language, localeOf } from '../../app/locale.ts'
import classes from './sign-in.module.css'

/** Before anyone can be known by a PIN, the page has to be readable: four names, each in its own script. */
export function LanguageSwitch({ onChoose }: { onChoose: (language: Language) => void }) {
  const { t, i18n } = useTranslation()
  return (
    <fieldset className={classes.languages} aria-label={t('Language')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={localeOf(language)}
          aria-pressed={i18n.language === language}
          onClick={() => onChoose(language)}
        >
          {LANGUAGE_NAMES[language]}
        </button>
      ))}
    </fieldset>
  )
}
