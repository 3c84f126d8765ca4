package dev.stile.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Body;

class CapturedSesTest {
  private final Inbox inbox = new Inbox();
  private Capture capture;
  private SesV2Client ses;

  @BeforeEach
  void start() {
    capture = Capture.start(inbox);
    ses = Sdk.client(SesV2Client.builder(), capture.endpoint());
  }

  @AfterEach
  void stop() {
    ses.close();
    capture.close();
  }

  @Test
  void handsOverAnEmailWithBothBodies() {
    var id =
        send(
            Body.builder()
                .text(t -> t.data("Ihr Code für \"Überweisung\": 12345678"))
                .html(h -> h.data("<p>12345678</p>"))
                .build(),
            "ada@example.com");
    assertThat(inbox.messages())
        .containsExactly(
            new Sent.Email(
                id,
                "ada@example.com",
                "Stile <no-reply@example.com>",
                "Bestätigen",
                "Ihr Code für \"Überweisung\": 12345678",
                "<p>12345678</p>"));
  }

  @Test
  void tellsEachAddresseeApart() {
    var text = Body.builder().text(t -> t.data("12345678")).build();
    var id = send(text, "ada@example.com", "bob@example.com");
    assertThat(inbox.messages())
        .containsExactly(
            new Sent.Email(
                id,
                "ada@example.com",
                "Stile <no-reply@example.com>",
                "Bestätigen",
                "12345678",
                null),
            new Sent.Email(
                id,
                "bob@example.com",
                "Stile <no-reply@example.com>",
                "Bestätigen",
                "12345678",
                null));
  }

  @Test
  void refusesAnEmailToNobody() {
    var text = Body.builder().text(t -> t.data("12345678")).build();
    assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> send(text));
  }

  private String send(Body body, String... to) {
    return ses.sendEmail(e ->
            e.fromEmailAddress("Stile <no-reply@example.com>")
                .destination(d -> d.toAddresses(to))
                .content(c -> c.simple(s -> s.subject(x -> x.data("Bestätigen")).body(body))))
        .messageId();
  }
}
