package dev.stile.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InternalErrorException;
import software.amazon.awssdk.services.sns.model.OptedOutException;
import software.amazon.awssdk.services.sns.model.ThrottledException;

class CaptureTest {
  private final Inbox inbox = new Inbox();
  private Capture capture;
  private SnsClient sns;
  private SesV2Client ses;
  private KmsClient kms;

  @BeforeEach
  void start() {
    capture = Capture.start(inbox);
    sns = Sdk.client(SnsClient.builder(), capture.endpoint());
    ses = Sdk.client(SesV2Client.builder(), capture.endpoint());
    kms = Sdk.client(KmsClient.builder(), capture.endpoint());
  }

  @AfterEach
  void stop() {
    sns.close();
    ses.close();
    kms.close();
    capture.close();
  }

  @Test
  void spoilsAsManyCallsAsPlannedInTheirOrder() {
    capture.faults().plan("sns:Publish", 2, new Fault.Throttled());
    capture.faults().plan("sns:Publish", 1, new Fault.Broken());
    assertThatExceptionOfType(ThrottledException.class).isThrownBy(this::sms);
    assertThatExceptionOfType(ThrottledException.class)
        .isThrownBy(this::sms)
        .matches(AwsServiceException::isThrottlingException);
    assertThatExceptionOfType(InternalErrorException.class).isThrownBy(this::sms);
    assertThat(inbox.messages()).isEmpty();
    sms();
    assertThat(inbox.messages()).hasSize(1);
  }

  @Test
  void wordsEachFaultAsTheServiceDoes() {
    capture.faults().plan("ses:SendEmail", 1, new Fault.Throttled());
    capture.faults().plan("kms:CreateKey", 1, new Fault.Throttled());
    capture.faults().plan("kms:CreateKey", 1, new Fault.Broken());
    assertThatExceptionOfType(TooManyRequestsException.class).isThrownBy(this::email);
    assertThatExceptionOfType(AwsServiceException.class)
        .isThrownBy(kms::createKey)
        .matches(AwsServiceException::isThrottlingException);
    assertThatExceptionOfType(KmsInternalException.class)
        .isThrownBy(kms::createKey)
        .matches(e -> e.statusCode() == 500);
  }

  @Test
  void refusesForGoodByTheErrorsOfTheService() {
    capture.faults().plan("sns:Publish", 1, new Fault.Refused("OptedOut"));
    capture.faults().plan("ses:SendEmail", 1, new Fault.Refused("MessageRejected"));
    assertThatExceptionOfType(OptedOutException.class).isThrownBy(this::sms);
    assertThatExceptionOfType(MessageRejectedException.class).isThrownBy(this::email);
  }

  @Test
  void leavesACallWithoutAnAnswerAndUndone() {
    capture.faults().plan("sns:Publish", 1, new Fault.Unanswered());
    assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(this::hurriedSms);
    assertThat(inbox.messages()).isEmpty();
  }

  @Test
  void losesTheAnswerToWhatItDid() {
    capture.faults().plan("sns:Publish", 1, new Fault.AnswerLost());
    assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(this::hurriedSms);
    assertThat(inbox.messages()).hasSize(1);
  }

  @Test
  void forgetsPlannedFaults() {
    capture.faults().plan("sns:Publish", 5, new Fault.Broken());
    capture.faults().clear();
    assertThatNoException().isThrownBy(this::sms);
  }

  @Test
  void closesAtOnceWhileACallerWaits() {
    capture.faults().plan("sns:Publish", 1, new Fault.Unanswered());
    assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(this::hurriedSms);
    var before = Instant.now();
    capture.close();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void tellsTheSenderThatTheOutboxFailed() {
    Outbox full =
        message -> {
          throw new IllegalStateException("full");
        };
    try (var failing = Capture.start(full);
        var sender = Sdk.client(SnsClient.builder(), failing.endpoint())) {
      assertThatExceptionOfType(InternalErrorException.class)
          .isThrownBy(() -> sender.publish(p -> p.phoneNumber("+436601234567").message("m")))
          .withMessageContaining("full");
    }
  }

  @Test
  void listensOnLoopbackAlone() throws IOException {
    Listening.onLoopbackAlone(capture.endpoint());
  }

  @Test
  void turnsAwayWebPages() throws Exception {
    var fromAPage =
        HttpRequest.newBuilder(capture.endpoint())
            .header("Origin", "https://example.com")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "Action=Publish&PhoneNumber=%2B436601234567&Message=m"))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(fromAPage, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }
    assertThat(inbox.messages()).isEmpty();
  }

  private void sms() {
    sns.publish(p -> p.phoneNumber("+436601234567").message("123456"));
  }

  private void hurriedSms() {
    sns.publish(p ->
        p.phoneNumber("+436601234567")
            .message("123456")
            .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(500))));
  }

  private void email() {
    ses.sendEmail(e ->
        e.fromEmailAddress("no-reply@example.com")
            .destination(d -> d.toAddresses("ada@example.com"))
            .content(c ->
                c.simple(
                    s -> s.subject(x -> x.data("s")).body(b -> b.text(x -> x.data("12345678"))))));
  }
}
