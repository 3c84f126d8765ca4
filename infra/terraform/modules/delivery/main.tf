# What leaves the account: SMS by SNS, mail by SES.
resource "aws_sns_sms_preferences" "this" {
  count               = var.sms_monthly_spend_limit == null ? 0 : 1
  default_sms_type    = "Transactional"
  monthly_spend_limit = var.sms_monthly_spend_limit
  default_sender_id   = var.sms_sender_id
}

resource "aws_sesv2_email_identity" "sender" {
  email_identity         = var.mail_identity
  configuration_set_name = var.configuration_set ? aws_sesv2_configuration_set.this[0].configuration_set_name : null
}

resource "aws_sesv2_configuration_set" "this" {
  count                  = var.configuration_set ? 1 : 0
  configuration_set_name = var.name

  delivery_options {
    tls_policy = "REQUIRE"
  }

  reputation_options {
    reputation_metrics_enabled = true
  }

  suppression_options {
    suppressed_reasons = ["BOUNCE", "COMPLAINT"]
  }
}

# Every change of state as a CloudEvent (docs/events.md), for queues of yours.
resource "aws_sns_topic" "events" {
  name              = "${var.name}-events"
  kms_master_key_id = var.kms_key_arn
}
