package dev.stile.edge;

import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.message.Fact;
import dev.stile.message.Fact.ChallengeFailed;
import dev.stile.message.Fact.FactorLocked;
import dev.stile.message.Fact.FactorVerified;
import dev.stile.message.Fact.NoticeDue;
import dev.stile.message.Message;
import dev.stile.message.Message.ChallengeRequested;
import dev.stile.message.Message.Envelope;
import dev.stile.message.Message.OtpDeliver;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Messages as they travel: one flat object of ids.
public final class MessageJson {
  private MessageJson() {}

  public static String write(Message message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("version", Message.VERSION);
    body.put("type", message.type());
    body.put("id", message.envelope().id());
    body.put("expires_at", message.envelope().expires());
    body.put("trace_id", message.envelope().traceId());
    body.put("tenant", message.subject().tenant().id());
    body.put("subject", message.subject().id());
    switch (message) {
      case ChallengeRequested(var envelope, var subject, var challenge) ->
          body.put("challenge", challenge.text());
      case OtpDeliver(var envelope, var subject, var challenge, int generation) -> {
        body.put("challenge", challenge.text());
        body.put("generation", generation);
      }
      case Fact fact -> {
        switch (fact) {
          case FactorVerified verified -> body.put("factor", verified.factor().text());
          case FactorLocked locked -> body.put("factor", locked.factor().text());
          case ChallengeFailed failed -> body.put("challenge", failed.challenge().text());
          case NoticeDue due -> {}
        }
        body.put("at", fact.at().toString());
      }
    }
    return JsonText.of(body);
  }

  public static Message read(String text) {
    JsonObject body = Json.object(text.getBytes(StandardCharsets.UTF_8));
    if (body.wholeNumber("version").orElse(0) != Message.VERSION) {
      throw body.wrong("version", "is not known");
    }
    var envelope =
        new Envelope(
            body.text("id"), body.parse("expires_at", MessageJson::moment), body.text("trace_id"));
    Tenant tenant = body.parse("tenant", Tenant::new);
    Subject subject = body.parse("subject", id -> new Subject(tenant, id));
    Message message =
        switch (body.text("type")) {
          case "challenge.requested" -> new ChallengeRequested(envelope, subject, challenge(body));
          case "otp.deliver" ->
              new OtpDeliver(envelope, subject, challenge(body), generation(body));
          case "factor.verified" -> new FactorVerified(envelope, subject, factor(body), at(body));
          case "factor.locked" -> new FactorLocked(envelope, subject, factor(body), at(body));
          case "challenge.failed" ->
              new ChallengeFailed(envelope, subject, challenge(body), at(body));
          case "notice.due" -> new NoticeDue(envelope, subject, at(body));
          default -> throw body.wrong("type", "is not known");
        };
    body.noMore();
    return message;
  }

  private static ChallengeId challenge(JsonObject body) {
    return body.parse("challenge", ChallengeId::new);
  }

  private static FactorId factor(JsonObject body) {
    return body.parse("factor", FactorId::new);
  }

  private static Instant at(JsonObject body) {
    return body.parse("at", MessageJson::moment);
  }

  private static int generation(JsonObject body) {
    return body.wholeNumber("generation")
        .filter(generation -> generation > 0)
        .orElseThrow(() -> body.wrong("generation", "is not a number from 1 on"));
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a moment", e);
    }
  }
}
