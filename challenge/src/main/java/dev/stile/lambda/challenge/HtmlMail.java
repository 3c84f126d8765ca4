package dev.stile.lambda.challenge;

import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Template;
import dev.stile.assurance.Template.Place;
import java.util.function.Function;

/// The HTML part of a mail, made from the very text of the plain one, so that the two cannot
/// differ. Every word and every value is escaped; there is no link, no image and nothing to load.
/// It sets no colour but the grey of lines, and so is read as well on dark as on light.
final class HtmlMail {
  /// No colour is written in six digits: the code is the first such run in the source too.
  private static final String LINE = "#8a93a6";

  private static final String BODY =
      "margin:0;padding:16px;color-scheme:light dark;font-size:16px;line-height:1.5;"
          + "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

  private static final String CARD =
      "box-sizing:border-box;max-width:30em;margin:0 auto;padding:4px 20px;border-radius:12px;"
          + "overflow-wrap:anywhere;border:1px solid "
          + LINE;

  private static final String PARAGRAPH = "<p style=\"margin:16px 0\">";

  private static final String CODE =
      "display:block;margin:0 0 4px;font-size:34px;line-height:1.2;letter-spacing:2px;"
          + "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace";

  private static final String DISPLAY =
      "display:block;margin:8px 0 0;padding:2px 0 2px 12px;border-left:3px solid " + LINE;

  private HtmlMail() {}

  static String of(LanguageTag language, Template text, Function<Place, String> values) {
    // Without a title: its words would come before the code.
    return """
    <!doctype html>
    <html lang="%s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    </head>
    <body dir="auto" style="%s">
    <div style="%s">
    %s%s</p>
    </div>
    </body>
    </html>
    """
        .formatted(
            language.text(),
            BODY,
            CARD,
            PARAGRAPH,
            text.fill(HtmlMail::paragraphs, place -> place(place, escape(values.apply(place)))));
  }

  private static String place(Place place, String escaped) {
    return switch (place) {
      case CODE -> strong(CODE, escaped);
      case DISPLAY, FACTOR -> strong(DISPLAY, escaped);
      case NAME, HOST, TIME -> escaped;
    };
  }

  private static String strong(String style, String escaped) {
    return "<strong style=\"" + style + "\">" + escaped + "</strong>";
  }

  private static String paragraphs(String words) {
    return escape(words).replace("\n\n", "</p>" + PARAGRAPH).replace("\n", "<br>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
