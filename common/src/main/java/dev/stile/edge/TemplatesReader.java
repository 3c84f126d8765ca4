package dev.stile.edge;

import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Template;
import dev.stile.assurance.Templates;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the words that a tenant puts in place of Stile's: by language tag, then by channel.
final class TemplatesReader {
  private TemplatesReader() {}

  static Templates read(JsonObject root, String name) {
    return root.object(name).map(TemplatesReader::templates).orElse(Templates.NONE);
  }

  private static Templates templates(JsonObject object) {
    Map<LanguageTag, Templates.Texts> texts = new LinkedHashMap<>();
    for (String name : object.names()) {
      LanguageTag language = language(object, name);
      JsonObject channels = object.object(name).orElseThrow();
      if (texts.put(language, texts(channels)) != null) {
        throw object.wrong(name, "is there in another spelling");
      }
    }
    return new Templates(texts);
  }

  private static LanguageTag language(JsonObject object, String name) {
    try {
      return new LanguageTag(name);
    } catch (IllegalArgumentException e) {
      throw object.wrong(name, "is not a language tag such as en or de-AT");
    }
  }

  private static Templates.Texts texts(JsonObject object) {
    @Nullable Template sms = object.optionalParse("sms", Template::ofCode).orElse(null);
    Templates.@Nullable Mail mail = object.object("email").map(TemplatesReader::mail).orElse(null);
    object.noMore();
    return new Templates.Texts(sms, mail);
  }

  private static Templates.Mail mail(JsonObject object) {
    var mail =
        new Templates.Mail(
            object.parse("subject", Template::ofSubject), object.parse("text", Template::ofCode));
    object.noMore();
    return mail;
  }
}
