import type { Language } from '../../app/locale.ts'

/** What the page says that is there when the app is not: in a file that it brings with it, for nothing else may load. */
export interface EmergencyWords {
  readonly title: string
  readonly calm: string
  readonly notStarted: string
  readonly startAgain: string
  readonly none: string
  readonly unread: (why: string) => string
  readonly happened: (why: string) => string
  readonly earlier: (till: string) => string
  readonly counts: (unsent: number, kept: number) => string
  readonly saveUnsent: (count: number) => string
  readonly saveAll: (count: number) => string
  readonly writing: (done: number, total: number) => string
  readonly handedOn: (count: number) => string
  readonly saved: (count: number, file: string) => string
  readonly notWritten: (why: string) => string
}

export const EMERGENCY_WORDS: Readonly<Record<Language, EmergencyWords>> = {
  en: {
    title: 'Save the sales in this browser',
    calm: 'This page needs neither a network nor the rest of the till. Nothing is changed by saving.',
    notStarted:
      'The till did not start. What was sold is still in this browser: do not clear its data. Try again; if it does not help, save the sales to a file and give it to head office.',
    startAgain: 'Start the till again',
    none: 'This browser keeps no sales.',
    unread: (why) => `The sales in this browser cannot be read just now (${why}).`,
    happened: (why) => `What happened: ${why}`,
    earlier: (till) => `${till}, an earlier till`,
    counts: (unsent, kept) =>
      `${unsent} not received by head office, ${kept} kept in all. Head office imports the file under Tills; importing it twice counts once.`,
    saveUnsent: (count) => `Save the ${count} unsent`,
    saveAll: (count) => `Save all ${count}`,
    writing: (done, total) => `Writing ${done} of ${total}`,
    handedOn: (count) => `The file was handed on. Entries in it: ${count}.`,
    saved: (count, file) =>
      `Saved ${count === 1 ? 'the one entry' : `all ${count} entries`} as ${file} in the downloads. Check that the file is there.`,
    notWritten: (why) => `The file could not be written: ${why}. Nothing was changed.`,
  },
  zh: {
    title: '保存此浏览器中的销售',
    calm: '此页面不需要网络，也不需要收银机的其他部分。保存不会更改任何内容。',
    notStarted:
      '收银机未能启动。已售出的记录仍在此浏览器中：请勿清除其数据。请重试；若仍不行，请将销售保存到文件并交给总部。',
    startAgain: '重新启动收银机',
    none: '此浏览器中没有销售。',
    unread: (why) => `目前无法读取此浏览器中的销售（${why}）。`,
    happened: (why) => `发生的问题：${why}`,
    earlier: (till) => `${till}，先前的收银机`,
    counts: (unsent, kept) =>
      `总部未收到 ${unsent} 条，共保存 ${kept} 条。总部在“Tills”下导入该文件；导入两次也只计一次。`,
    saveUnsent: (count) => `保存 ${count} 条未发送的记录`,
    saveAll: (count) => `保存全部 ${count} 条`,
    writing: (done, total) => `正在写入 ${done} / ${total}`,
    handedOn: (count) => `文件已转交，其中有 ${count} 条记录。`,
    saved: (count, file) => `已将 ${count} 条记录保存为下载文件夹中的 ${file}。请确认文件在那里。`,
    notWritten: (why) => `文件无法写入：${why}。没有任何更改。`,
  },
  ms: {
    title: 'Simpan jualan dalam pelayar ini',
    calm: 'Halaman ini tidak memerlukan rangkaian atau bahagian lain mesin. Menyimpan tidak mengubah apa-apa.',
    notStarted:
      'Mesin tidak dapat dimulakan. Apa yang dijual masih ada dalam pelayar ini: jangan kosongkan datanya. Cuba lagi; jika masih tidak berjaya, simpan jualan ke dalam fail dan serahkan kepada ibu pejabat.',
    startAgain: 'Mulakan mesin semula',
    none: 'Tiada jualan dalam pelayar ini.',
    unread: (why) => `Jualan dalam pelayar ini tidak dapat dibaca sekarang (${why}).`,
    happened: (why) => `Apa yang berlaku: ${why}`,
    earlier: (till) => `${till}, mesin terdahulu`,
    counts: (unsent, kept) =>
      `${unsent} belum diterima oleh ibu pejabat, ${kept} disimpan semuanya. Ibu pejabat mengimport fail itu di bawah Tills; diimport dua kali pun dikira sekali.`,
    saveUnsent: (count) => `Simpan ${count} yang belum dihantar`,
    saveAll: (count) => `Simpan semua ${count}`,
    writing: (done, total) => `Menulis ${done} daripada ${total}`,
    handedOn: (count) => `Fail telah diserahkan. Catatan di dalamnya: ${count}.`,
    saved: (count, file) =>
      `${count} catatan disimpan sebagai ${file} dalam muat turun. Pastikan fail itu ada di sana.`,
    notWritten: (why) => `Fail tidak dapat ditulis: ${why}. Tiada apa-apa diubah.`,
  },
  ta: {
    title: 'இந்த உலாவியில் உள்ள விற்பனைகளைச் சேமி',
    calm: 'இந்தப் பக்கத்திற்கு இணைப்போ முனையத்தின் மற்ற பகுதிகளோ தேவையில்லை. சேமிப்பதால் எதுவும் மாறாது.',
    notStarted:
      'முனையம் தொடங்கவில்லை. விற்றவை இன்னும் இந்த உலாவியில் உள்ளன: இதன் தரவை அழிக்காதீர்கள். மீண்டும் முயலுங்கள்; பயனில்லை என்றால் விற்பனைகளைக் கோப்பில் சேமித்துத் தலைமை அலுவலகத்திடம் கொடுங்கள்.',
    startAgain: 'முனையத்தை மீண்டும் தொடங்கு',
    none: 'இந்த உலாவியில் விற்பனைகள் எதுவும் இல்லை.',
    unread: (why) => `இந்த உலாவியில் உள்ள விற்பனைகளை இப்போது படிக்க முடியவில்லை (${why}).`,
    happened: (why) => `நடந்தது: ${why}`,
    earlier: (till) => `${till}, முந்தைய முனையம்`,
    counts: (unsent, kept) =>
      `தலைமை அலுவலகம் பெறாதவை ${unsent}, மொத்தம் இருப்பவை ${kept}. தலைமை அலுவலகம் இந்தக் கோப்பை Tills பகுதியில் சேர்க்கும்; இருமுறை சேர்த்தாலும் ஒருமுறையே கணக்காகும்.`,
    saveUnsent: (count) => `அனுப்பாத ${count} பதிவைச் சேமி`,
    saveAll: (count) => `எல்லா ${count} பதிவையும் சேமி`,
    writing: (done, total) => `எழுதப்படுகிறது: ${total} இல் ${done}`,
    handedOn: (count) => `கோப்பு ஒப்படைக்கப்பட்டது. அதில் உள்ள பதிவுகள்: ${count}.`,
    saved: (count, file) =>
      `${count} பதிவு பதிவிறக்கங்களில் ${file} எனச் சேமிக்கப்பட்டது. கோப்பு அங்கே உள்ளதா எனப் பாருங்கள்.`,
    notWritten: (why) => `கோப்பை எழுத முடியவில்லை: ${why}. எதுவும் மாறவில்லை.`,
  },
}
