let audio: AudioContext | undefined
let on = true

/** Whether this till may be heard: each cashier's own choice. */
export function soundsOn(wanted: boolean): void {
  on = wanted
}

const TONES = {
  scanned: [{ hertz: 1320, at: 0, for: 0.06 }],
  refused: [
    { hertz: 300, at: 0, for: 0.14 },
    { hertz: 220, at: 0.18, for: 0.2 },
  ],
} as const

/** A short tick for a scan, two low tones for a refusal: heard without looking. Silent where there is no sound. */
export function playSound(sound: keyof typeof TONES): void {
  if (!on || typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  // Until the first touch or key the browser keeps it silent; that is not worth a message.
  if (audio.state === 'suspended') void audio.resume().catch(() => undefined)
  for (const tone of TONES[sound]) {
    const gain = audio.createGain()
    gain.gain.value = 0.06
    const oscillator = audio.createOscillator()
    oscillator.frequency.value = tone.hertz
    oscillator.connect(gain).connect(audio.destination)
    oscillator.start(audio.currentTime + tone.at)
    oscillator.stop(audio.currentTime + tone.at + tone.for)
  }
}
