package dev.stile.lambda.challenge;

import dev.stile.assurance.Client;
import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Template;
import dev.stile.assurance.Templates;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Dispatch;
import dev.stile.factor.Code;
import dev.stile.message.Courier.Mail;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What is written to a user, in the language of the challenge. The code stands first and unspaced,
/// the transaction is always there, and an SMS ends in the origin-bound line that browsers fill in
/// from, for this site only; no template can take that line away.
final class MessageTexts {
  private final Templates builtIn = BuiltInTexts.read();

  @Inject
  MessageTexts() {}

  String sms(Policy policy, Challenge challenge, Code code) {
    Function<Template.Place, String> values = values(policy, challenge, code);
    Template text = choose(policy, challenge, Templates::sms).value();
    return "%s\n\n@%s #%s"
        .formatted(
            text.fill(values),
            values.apply(Template.Place.HOST),
            values.apply(Template.Place.CODE));
  }

  Mail email(Policy policy, Challenge challenge, Code code) {
    Function<Template.Place, String> values = values(policy, challenge, code);
    Chosen<Templates.Mail> chosen = choose(policy, challenge, Templates::mail);
    Template text = chosen.value().text();
    return new Mail(
        chosen.value().subject().fill(values),
        text.fill(values) + "\n",
        HtmlMail.of(chosen.language(), text, values));
  }

  private static Function<Template.Place, String> values(
      Policy policy, Challenge challenge, Code code) {
    String host = client(policy, challenge).map(Client::host).orElse("localhost");
    return place ->
        switch (place) {
          case CODE -> code.reveal();
          case NAME -> policy.parties().name();
          case DISPLAY -> challenge.approval().display();
          case HOST -> host;
          case FACTOR, TIME -> throw new IllegalStateException("a place of notices");
        };
  }

  private static Optional<Client> client(Policy policy, Challenge challenge) {
    return policy.client(challenge.approval().client());
  }

  /// The tenant's own words before Stile's, language by language: a tenant that rewrites German
  /// changes nothing for those who read French.
  private <T> Chosen<T> choose(
      Policy policy, Challenge challenge, BiFunction<Templates, LanguageTag, Optional<T>> channel) {
    Dispatch dispatch = challenge.dispatch();
    List<LanguageTag> languages =
        Languages.of(
            dispatch == null ? null : dispatch.locale(),
            client(policy, challenge).map(Client::locale).orElse(null));
    for (LanguageTag language : languages) {
      Optional<T> found =
          channel.apply(policy.templates(), language).or(() -> channel.apply(builtIn, language));
      if (found.isPresent()) {
        return new Chosen<>(language, found.get());
      }
    }
    throw new IllegalStateException("every message is there in English");
  }

  private record Chosen<T>(LanguageTag language, T value) {}
}
