package dev.stile.engines;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// SNS: AWS Query, a form that is answered with XML. Topics have no subscribers; what is published
/// to them goes to the [Outbox], as text messages do.
final class CapturedSns implements CapturedService {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{4,14}");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,256}(\\.fifo)?");
  private static final int LONGEST_SMS = 1_600;
  private static final int LONGEST_MESSAGE_BYTES = 256 * 1_024;

  private final Outbox outbox;
  private final Set<String> topics = ConcurrentHashMap.newKeySet();

  CapturedSns(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public boolean understands(Call call) {
    return call.header("Content-Type").startsWith("application/x-www-form-urlencoded");
  }

  @Override
  public String action(Call call) {
    return "sns:" + Form.of(call.body()).optional("Action").orElse("");
  }

  @Override
  public Answer answer(Call call) {
    var form = Form.of(call.body());
    var action = form.optional("Action").orElse("");
    return switch (action) {
      case "Publish" -> done(action, "MessageId", publish(form));
      case "CreateTopic" -> done(action, "TopicArn", createTopic(form));
      default -> throw Refusal.of("InvalidAction", "not captured: " + action);
    };
  }

  private String createTopic(Form form) {
    var name = form.required("Name");
    if (!TOPIC.matcher(name).matches()) {
      throw invalid("Topic Name");
    }
    var arn = Aws.arn("sns", name);
    topics.add(arn);
    return arn;
  }

  private String publish(Form form) {
    var message = form.required("Message");
    if (message.isEmpty()) {
      throw invalid("Empty message");
    }
    var id = Aws.freshId();
    var phone = form.optional("PhoneNumber");
    outbox.accept(
        phone.isPresent()
            ? sms(id, phone.get(), message, attributes(form))
            : published(id, form.required("TopicArn"), message, attributes(form)));
    return id;
  }

  private static Sent sms(String id, String to, String body, Map<String, String> attributes) {
    if (!E164.matcher(to).matches()) {
      throw invalid("PhoneNumber Reason: " + to + " is not valid to publish to");
    }
    if (body.length() > LONGEST_SMS) {
      throw invalid("Message Reason: too long");
    }
    return new Sent.Sms(id, to, body, attributes);
  }

  private Sent published(String id, String arn, String message, Map<String, String> attributes) {
    if (!topics.contains(arn)) {
      throw new Refusal(404, "NotFound", "Topic does not exist");
    }
    if (message.getBytes(StandardCharsets.UTF_8).length > LONGEST_MESSAGE_BYTES) {
      throw invalid("Message too long");
    }
    return new Sent.Published(id, arn, message, attributes);
  }

  private static Map<String, String> attributes(Form form) {
    var attributes = new HashMap<String, String>();
    for (int n = 1; ; n++) {
      var entry = "MessageAttributes.entry." + n;
      var name = form.optional(entry + ".Name");
      if (name.isEmpty()) {
        return Map.copyOf(attributes);
      }
      attributes.put(name.get(), form.required(entry + ".Value.StringValue"));
    }
  }

  private static Refusal invalid(String what) {
    return Refusal.of("InvalidParameter", "Invalid parameter: " + what);
  }

  private static Answer done(String action, String name, String value) {
    return xml(
        200,
        """
        <%1$sResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\
        <%1$sResult><%2$s>%3$s</%2$s></%1$sResult>\
        <ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata></%1$sResponse>
        """
            .formatted(action, name, escaped(value), Aws.freshId()));
  }

  @Override
  public Answer refuse(Refusal refusal) {
    return xml(
        refusal.status(),
        """
        <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\
        <Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error>\
        <RequestId>%s</RequestId></ErrorResponse>
        """
            .formatted(
                refusal.status() < 500 ? "Sender" : "Receiver",
                escaped(refusal.code()),
                escaped(refusal.reason()),
                Aws.freshId()));
  }

  @Override
  public Refusal throttled() {
    return new Refusal(429, "Throttled", "Rate exceeded");
  }

  @Override
  public Refusal broken(String why) {
    return new Refusal(500, "InternalError", why);
  }

  private static Answer xml(int status, String body) {
    return Answer.of(status, "text/xml", body);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
