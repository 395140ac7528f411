// Sets the colour scheme before the first paint, so that a dark shop is not flashed white at every start.
;(() => {
  let stored = null
  try {
    stored = localStorage.getItem('evertill-colour-scheme')
  } catch {
    // storage refused: follow the device
  }
  const dark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
