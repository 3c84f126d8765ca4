package dev.stile.edge;

import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Template;
import dev.stile.assurance.Templates;
import dev.stile.notice.Notice;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
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
    Templates.@Nullable Mail mail =
        object.object("email").map(email -> mail(email, Template::ofCode)).orElse(null);
    Map<Notice.Kind, Templates.Words> notices =
        object.object("notices").map(TemplatesReader::notices).orElse(Map.of());
    object.noMore();
    return new Templates.Texts(sms, mail, notices);
  }

  private static Templates.Mail mail(JsonObject object, Function<String, Template> text) {
    var mail =
        new Templates.Mail(
            object.parse("subject", Template::ofSubject), object.parse("text", text));
    object.noMore();
    return mail;
  }

  private static Map<Notice.Kind, Templates.Words> notices(JsonObject object) {
    Map<Notice.Kind, Templates.Words> notices = new EnumMap<>(Notice.Kind.class);
    for (Notice.Kind kind : Notice.Kind.values()) {
      object.object(kind.wire()).ifPresent(words -> notices.put(kind, words(words)));
    }
    object.noMore();
    return notices;
  }

  private static Templates.Words words(JsonObject object) {
    @Nullable Template sms = object.optionalParse("sms", Template::ofNotice).orElse(null);
    Templates.@Nullable Mail mail =
        object.object("email").map(email -> mail(email, Template::ofNotice)).orElse(null);
    object.noMore();
    return new Templates.Words(sms, mail);
  }
}
