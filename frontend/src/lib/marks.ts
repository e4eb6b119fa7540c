/** The characters that turn the direction of the text after them, and so can let a name read as another: gpj.exe as exe.jpg. */
const marks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** The text with such marks as "\u202e", which the command line writes too; all else stays. */
export function showMarks(text: string): string {
  return text.replace(marks, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
