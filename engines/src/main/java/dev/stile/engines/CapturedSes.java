package dev.stile.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SES v2: rest-json, of which `SendEmail` with simple content is captured. Every addressee, carbon
/// copies included, gets a message of their own in the [Outbox], all with the same id.
final class CapturedSes implements CapturedService {
  private static final String SEND = "/v2/email/outbound-emails";

  private final Outbox outbox;

  CapturedSes(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public boolean understands(Call call) {
    return call.path().startsWith("/v2/email/");
  }

  @Override
  public String action(Call call) {
    return isSend(call) ? "ses:SendEmail" : "ses:" + call.method() + call.path();
  }

  @Override
  public Answer answer(Call call) {
    if (!isSend(call)) {
      throw new Refusal(404, "NotFoundException", "not captured: " + call.path());
    }
    var id = Aws.freshId();
    send(id, Json.read(call.body()));
    return Answer.of(
        200, "application/json", Json.write(w -> w.writeStringProperty("MessageId", id)));
  }

  private void send(String id, Json email) {
    var from = email.text("FromEmailAddress");
    var destination = email.object("Destination");
    var simple = email.object("Content").object("Simple");
    var subject = simple.object("Subject").text("Data");
    var body = simple.object("Body");
    var text = data(body, "Text");
    var html = data(body, "Html");
    if (from.isEmpty() || subject.isEmpty() || (text == null && html == null)) {
      throw Refusal.of("BadRequestException", "sender, subject and a body are needed");
    }
    var everyone = new ArrayList<String>();
    for (var kind : List.of("ToAddresses", "CcAddresses", "BccAddresses")) {
      everyone.addAll(destination.texts(kind));
    }
    if (everyone.isEmpty()) {
      throw Refusal.of("BadRequestException", "no addressee");
    }
    everyone.forEach(to -> outbox.accept(new Sent.Email(id, to, from, subject, text, html)));
  }

  private static @Nullable String data(Json body, String kind) {
    return body.has(kind) ? body.object(kind).text("Data") : null;
  }

  private static boolean isSend(Call call) {
    return call.method().equals("POST") && call.path().equals(SEND);
  }

  @Override
  public Answer refuse(Refusal refusal) {
    return new Answer(
        refusal.status(),
        Map.of("Content-Type", "application/json", "x-amzn-ErrorType", refusal.code()),
        Json.write(w -> w.writeStringProperty("message", refusal.reason())));
  }

  @Override
  public Refusal throttled() {
    return new Refusal(429, "TooManyRequestsException", "Rate exceeded");
  }

  @Override
  public Refusal broken(String why) {
    return new Refusal(500, "InternalServiceErrorException", why);
  }
}
